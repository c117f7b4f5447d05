// Memory of buffers that are used no more.

/**
 * Gives the memory of a buffer back now. It is empty from here on, so nobody else may have it: of a pool, or a part of
 * another, it stays as it is. Otherwise its memory stays until V8 looks for what is unused, and each 32 MB have it go over
 * all that the service has in memory.
 */
export function free({ buffer, byteLength }: Uint8Array) {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}
