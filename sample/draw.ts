// Draws the pictures of the sample newsroom: node sample/draw.ts writes them to sample/pictures. Each is what its `alt` in
// newsroom.json says, in the size that it gives.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A scene on a canvas 1200 units wide; `height` follows from the size of the picture. */
interface Scene {
  size: [width: number, height: number]
  /** Colours of the sky or wall, from top to bottom. */
  back: string[]
  draw(height: number): string[]
}

const rect = (x: number, y: number, width: number, height: number, fill: string, more = '') =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}" ${more}/>`
const circle = (x: number, y: number, r: number, fill: string, more = '') =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}" ${more}/>`
const path = (d: string, fill: string, more = '') => `<path d="${d}" fill="${fill}" ${more}/>`
const line = (d: string, stroke: string, width: number) =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round"/>`
const times = (count: number, one: (i: number) => string | string[]) =>
  Array.from({ length: count }, (_, i) => one(i)).flat()

/** The same spread for the same number: pictures do not change when they are drawn again. */
const spread = (i: number, range: number) => Math.round((Math.sin(i * 12.9898) * 0.5 + 0.5) * range)

const sea = (from: number, to: number, fill: string, wave: string) => [
  rect(0, from, 1200, to - from, fill),
  ...times(28, (i) => {
    const y = from + 12 + Math.round(((to - from - 20) * i) / 28)
    const x = spread(i, 1000)
    return line(`M${x} ${y}q25 -9 50 0t50 0t50 0`, wave, 2 + i / 14)
  })
]

/** Somebody who stands, with the feet at y. */
const person = (x: number, y: number, size: number, coat: string, skin = '#c99a78') => [
  path(
    `M${x - size * 0.22} ${y}l${size * 0.04} -${size * 0.72}q${size * 0.18} -${size * 0.1} ${size * 0.36} 0l${size * 0.04} ${size * 0.72}z`,
    coat
  ),
  circle(x, y - size * 0.88, size * 0.13, skin)
]

const coats = ['#25313c', '#5b3a33', '#3d4a3a', '#6b5a3a', '#403a55', '#7a3f35']

export const scenes: Record<string, Scene> = {
  'late-ferry-leaving': {
    size: [2400, 1600],
    back: ['#071425', '#16304a', '#2b4a63'],
    draw: (h) => [
      ...times(40, (i) => circle(spread(i, 1200), spread(i + 90, 300), 1 + (i % 3) * 0.6, '#dfe9f2')),
      ...sea(520, h, '#0d2338', '#3c5d78'),
      path(`M0 470h330v330H0z`, '#3a3d40'),
      ...times(12, (i) =>
        rect((i % 4) * 84 + (Math.floor(i / 4) % 2) * 20, 480 + Math.floor(i / 4) * 62, 78, 56, '#4a4e52')
      ),
      path('M470 560h560l-50 90H520z', '#eef1f2'),
      rect(560, 480, 380, 82, '#e2e6e8'),
      rect(640, 415, 200, 66, '#d7dcdf'),
      ...times(9, (i) => rect(578 + i * 40, 500, 24, 30, '#ffd97a')),
      ...times(4, (i) => rect(656 + i * 46, 432, 28, 26, '#ffd97a')),
      rect(800, 350, 44, 66, '#b5402f'),
      ...times(9, (i) => line(`M${590 + i * 40} 664v${40 + spread(i, 50)}`, '#ffd97a55', 10)),
      ...person(500, 562, 66, '#c7772e'),
      ...person(535, 562, 70, '#31485a')
    ]
  },
  'north-pump-house': {
    size: [2000, 1333],
    back: ['#b9c4c9', '#d9dcd7'],
    draw: (h) => [
      path(`M0 230h1200v${h - 330}H0z`, '#8b8d88'),
      ...times(36, (i) =>
        rect(
          (i % 9) * 140 - (Math.floor(i / 9) % 2) * 60,
          240 + Math.floor(i / 9) * 92,
          134,
          86,
          i % 2 ? '#93958f' : '#84867f'
        )
      ),
      rect(0, 560, 1200, 16, '#4d4f45'),
      path('M330 360h540v340H330z', '#8a4b38'),
      ...times(70, (i) =>
        rect(
          334 + (i % 10) * 54 - (Math.floor(i / 10) % 2) * 20,
          366 + Math.floor(i / 10) * 48,
          48,
          42,
          i % 3 ? '#955542' : '#7d4231'
        )
      ),
      path('M310 362l290 -90l290 90z', '#4b4a48'),
      rect(540, 460, 120, 240, '#6e5a4a'),
      ...times(3, (i) => rect(552, 476 + i * 74, 96, 60, '#7d6551')),
      circle(648, 590, 7, '#2d2a27'),
      rect(330, 560, 540, 12, '#3e3a30'),
      rect(0, 700, 1200, h - 700, '#6f7368'),
      ...times(10, (i) => rect(spread(i, 1150), 715 + spread(i + 5, 70), 46, 10, '#7d8175'))
    ]
  },
  'fish-hall-1962': {
    size: [1800, 1420],
    back: ['#4a4a4a', '#8d8d8d'],
    draw: (h) => [
      ...times(7, (i) => path(`M${i * 200} 0h26v${h}h-26z`, '#3a3a3a')),
      ...times(4, (i) => rect(0, 60 + i * 70, 1200, 18, '#424242')),
      ...times(5, (i) => path(`M${60 + i * 240} 150h110v120h-110z`, '#d9d9d9')),
      ...times(22, (i) => {
        const x = 30 + ((i * 57) % 1160)
        const y = 560 + (i % 3) * 60
        return [
          ...person(x, y, 200 + (i % 4) * 14, i % 2 ? '#1f1f1f' : '#333', '#b5b5b5'),
          path(`M${x - 34} ${y - 186}h70v-16h-70z`, '#111')
        ]
      }),
      ...times(24, (i) => {
        const x = (i % 8) * 152 - 10
        const y = 700 + Math.floor(i / 8) * 84
        return [
          rect(x, y, 140, 70, '#5c5c5c'),
          rect(x + 8, y + 8, 124, 50, '#c9c9c9'),
          ...times(4, (j) => path(`M${x + 14 + j * 30} ${y + 32}q14 -18 28 0q-14 18 -28 0z`, '#868686'))
        ]
      })
    ]
  },
  'gig-finish': {
    size: [2400, 1350],
    back: ['#8fc3e6', '#d6ebf5'],
    draw: (h) => [
      rect(0, 190, 1200, 120, '#8a857b'),
      ...times(44, (i) => person(12 + i * 27, 232 + (i % 2) * 8, 66, coats[i % 6]!)),
      ...sea(300, h, '#2f7aa3', '#8cc4e0'),
      ...times(9, (i) => circle(760 - i * 6, 330 + i * 42, 9, '#e8742c')),
      ...[
        [250, 420, '#1f4f9c'],
        [60, 545, '#f4f4f0']
      ].flatMap(([x, y, hull]) => [
        ...times(6, (i) =>
          line(`M${Number(x) + 130 + i * 80} ${Number(y) + 10}l-46 ${i % 2 ? 66 : -54}`, '#d8c39a', 5)
        ),
        path(`M${x} ${y}q300 66 640 -4q-60 54 -320 56q-240 0 -320 -52z`, String(hull)),
        ...times(6, (i) => person(Number(x) + 130 + i * 80, Number(y) + 16, 84, '#24435c'))
      ])
    ]
  },
  'board-vote': {
    size: [1920, 1280],
    back: ['#5d4330', '#7a5a40'],
    draw: (h) => [
      ...times(10, (i) => [
        rect(i * 122 + 6, 40, 104, 330, '#6b4d36'),
        rect(i * 122 + 18, 56, 80, 298, '#76573e')
      ]),
      ...times(6, (i) => [
        ...person(180 + i * 168, 520, 230, coats[i]!),
        ...(i % 2
          ? [line(`M${214 + i * 168} 400l16 -130`, coats[i]!, 22), circle(231 + i * 168, 262, 15, '#c99a78')]
          : [])
      ]),
      path(`M90 500h1020l90 170H0z`, '#3b2618'),
      path(`M0 670h1200v26H0z`, '#2c1c11'),
      ...times(6, (i) => path(`M${140 + i * 168} 540h70l8 42h-86z`, '#efe9dc')),
      ...times(6, (i) => [
        ...person(110 + i * 196, h + 60, 300, coats[5 - i]!),
        ...(i % 2
          ? []
          : [
              line(`M${150 + i * 196} ${h - 140}l20 -130`, coats[5 - i]!, 28),
              circle(172 + i * 196, h - 282, 20, '#c99a78')
            ])
      ])
    ]
  },
  'nebelhorn-mole': {
    size: [2200, 1467],
    back: ['#2c2f55', '#a65a62', '#e9a878'],
    draw: (h) => [
      ...sea(430, h, '#414a6e', '#b98a94'),
      path(`M180 ${h}l160 -330h520l220 330z`, '#56524f'),
      path('M520 470l-20 -260q100 -60 200 0l-20 260z', '#a8201a'),
      `<ellipse cx="600" cy="206" rx="128" ry="52" fill="#c9302a"/><ellipse cx="600" cy="206" rx="92" ry="34" fill="#3b0b0a"/>`,
      ...times(6, (i) => {
        const x = 290 + i * 124
        const y = 640 + Math.round(Math.abs(2.5 - i) * -22)
        return [
          ...person(x, y, 190, '#20222c'),
          line(`M${x} ${y - 140}l70 30`, '#d9a63a', 7),
          circle(x + 74, y - 108, 13, '#d9a63a')
        ]
      })
    ]
  },
  'karmarsen-werkstatt': {
    size: [1600, 1200],
    back: ['#2a1f18', '#4a3626'],
    draw: (h) => [
      ...times(8, (i) => line(`M${90 + i * 70} 90v${90 + spread(i, 80)}`, '#8d8d88', 10)),
      path('M820 0h16v170h-16z', '#1b1b1b'),
      path('M740 170h176l60 100H680z', '#2f6b4c'),
      path('M690 270h276l190 630H500z', '#ffdf9433'),
      path(`M330 ${h}q10 -360 190 -380q210 10 230 380z`, '#3d4f63'),
      circle(540, 400, 96, '#cf9f7c'),
      path('M450 420q90 190 180 0q-10 150 -90 170q-80 -20 -90 -170z', '#f3f1ec'),
      path('M448 380q20 -90 92 -90t92 90q-90 -40 -184 0z', '#eae7e0'),
      line('M700 760l110 -190', '#cf9f7c', 46),
      circle(828, 520, 76, '#c8ccd0'),
      circle(828, 520, 58, '#aeb4b9'),
      circle(808, 498, 16, '#fff7dc'),
      rect(0, h - 110, 1200, 110, '#5c4028')
    ]
  },
  'minutes-9-june': {
    size: [1654, 2339],
    back: ['#d9cfb8', '#cfc4aa'],
    draw: (h) => [
      rect(60, 50, 1080, h - 100, '#f6f0df'),
      rect(160, 150, 520, 26, '#3a3833'),
      rect(160, 200, 300, 16, '#5a574f'),
      ...times(34, (i) =>
        rect(160, 290 + i * 38, i % 7 === 6 ? 380 + spread(i, 200) : 820 + spread(i, 70), 13, '#5a574f')
      ),
      `<text x="160" y="1622" font-family="Courier New, monospace" font-size="44" fill="#2d2b27">no further action.</text>`,
      line('M156 1644q140 14 250 0t240 4', '#1c3f94', 7),
      ...times(2, (i) => circle(110, 420 + i * 800, 18, '#b8ad93'))
    ]
  },
  'surge-barrier-test': {
    size: [3000, 1688],
    back: ['#8b9aa3', '#8b9aa3'],
    draw: (h) => [
      path(`M0 0h600v${h}H0z`, '#76858d'),
      path(`M600 0h600v${h}H600z`, '#4f8ba3'),
      ...times(26, (i) => line(`M${spread(i, 480)} ${20 + i * 25}q22 -12 44 0t44 0`, '#c9d2d6', 4)),
      ...times(8, (i) => line(`M${680 + spread(i, 420)} ${60 + i * 78}h60`, '#7fb4c8', 3)),
      rect(0, 0, 1200, 70, '#5f6b4a'),
      rect(0, h - 70, 1200, 70, '#5f6b4a'),
      line(`M560 70Q700 200 610 ${h / 2 - 4}`, '#f3f4f2', 40),
      line(`M560 ${h - 70}Q700 ${h - 200} 610 ${h / 2 + 4}`, '#f3f4f2', 40),
      line(`M560 70L330 70M560 ${h - 70}L330 ${h - 70}`, '#d9dbd8', 26),
      ...times(2, (i) => circle(560, i ? h - 70 : 70, 34, '#c9ccc8'))
    ]
  },
  'calvet-rask-loft': {
    size: [1600, 2000],
    back: ['#5a4a3a', '#7a6650'],
    draw: (h) => [
      rect(620, 120, 480, 860, '#e9f1f4'),
      ...times(2, (i) => rect(620, 390 + i * 280, 480, 16, '#4a3c2e')),
      rect(852, 120, 16, 860, '#4a3c2e'),
      path('M610 110h500v20H610z', '#3e3226'),
      path(`M180 ${h}q0 -640 250 -700q260 60 300 700z`, '#3f4a5c'),
      circle(430, 690, 118, '#d2a788'),
      path('M308 690q-4 -150 122 -152t124 150q-40 -70 -124 -72t-122 74z', '#b9bcc0'),
      path(`M230 1150h640l120 ${h - 1150}H160z`, '#2f7d5a'),
      ...times(16, (i) => line(`M${200 + i * 48} 1150l${i * 4 - 30} ${h - 1150}`, '#56b187', 4)),
      ...times(9, (i) => line(`M${220 - i * 6} ${1180 + i * 38}h${660 + i * 16}`, '#56b187', 4)),
      line('M640 980l160 120', '#d2a788', 54),
      path('M800 1090l150 -70l10 24l-140 80z', '#b98a4e')
    ]
  },
  'quay-queue': {
    size: [2048, 1365],
    back: ['#0e1a28', '#26384a'],
    draw: (h) => [
      path('M760 200h440v380H760z', '#3b3128'),
      ...times(8, (i) => line(`M${780 + i * 54} 200v380`, '#4a3e33', 6)),
      path('M740 204l220 -90h240v90z', '#2a2420'),
      rect(0, 580, 1200, h - 580, '#4b4f53'),
      path('M300 120h14v470h-14z', '#15181b'),
      path('M230 130h150l120 460H110z', '#ffe7a033'),
      circle(306, 126, 26, '#ffe7a0'),
      ...times(30, (i) =>
        person(40 + i * 31, 620 + Math.round(Math.sin(i / 5) * 22), 170 + (i % 3) * 10, coats[i % 6]!)
      ),
      path(`M0 640l150 40l-30 ${h - 680}H0z`, '#6a6e70'),
      ...times(14, (i) => line(`M${spread(i, 1200)} ${40 + spread(i + 3, 480)}l-6 26`, '#9fb0c0', 2))
    ]
  }
}

/** A scene as SVG. */
export function drawing({ size: [width, height], back, draw }: Scene): string {
  const units = Math.round((1200 * height) / width)
  const stops = back.map((colour, i) => `<stop offset="${i / (back.length - 1)}" stop-color="${colour}"/>`)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 1200 ${units}">
<linearGradient id="back" x2="0" y2="1">${stops.join('')}</linearGradient>
${[rect(0, 0, 1200, units, 'url(#back)'), ...draw(units)]
  .join('\n')
  .replaceAll(' />', '/>')
  .replace(/\d+\.\d{3,}/g, (number) => Number(number).toFixed(2))}
</svg>
`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = join(import.meta.dirname, 'pictures')
  mkdirSync(folder, { recursive: true })
  for (const [name, scene] of Object.entries(scenes))
    writeFileSync(join(folder, `${name}.svg`), drawing(scene))
}
