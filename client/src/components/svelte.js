// A story as Svelte components.
export { default as Body } from './Body.svelte'
export { default as Corrections } from './Corrections.svelte'
export { default as Lead } from './Lead.svelte'
export { default as Voices } from './Voices.svelte'
