import type { PortableTextComponents } from '@portabletext/svelte'
import type { Component } from 'svelte'
import type { Story, Words } from './markup.js'

export type { Story, Words } from './markup.js'

export interface Props {
  story: Story
  words?: Partial<Words>
}

export interface BodyProps extends Props {
  /** Components of @portabletext/svelte that take the place of ours. */
  components?: PortableTextComponents
}

/** The body of a story. */
export declare const Body: Component<BodyProps>
/** The picture, video or audio file that a story opens with, with caption and credits. */
export declare const Lead: Component<Props>
/** The corrections of a story. */
export declare const Corrections: Component<Props>
/** Every quote and claim of a story with the chain of who says so. */
export declare const Voices: Component<Props>
