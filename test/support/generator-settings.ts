// How many documents are generated, and by which seed: RUNS=2000 SEED=7 node test/content/words-kept.test.ts

/** The number of documents a form. */
export const runs = Number(process.env.RUNS ?? 300)
/** One seed for everybody, so that what passed here passes anywhere; others are tried by hand. */
export const seed = Number(process.env.SEED ?? 20261128)
