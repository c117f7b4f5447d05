// Loaded before anything else by processes that run modules of ours otherwise than through onrecord.js: with
// `--import` they load the program in a third of the time.
import { registerResolveHooks } from '../../resolve-hooks.js'

registerResolveHooks()
