import Link from 'next/link'
import type { ReactNode } from 'react'
import './style.css'

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <p>
          <Link href="/">All stories</Link>
        </p>
        {children}
      </body>
    </html>
  )
}
