// What tap imports as `async-hook-domain`, in a lane. That package follows every promise with an async hook, to know which
// test an error belongs to that nobody caught, which takes processor time at every await. Here such an error ends the
// process and is told with the file that ran (lane.ts).

export class Domain {
  destroy() {}
}
