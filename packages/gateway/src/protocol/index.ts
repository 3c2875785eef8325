export { closeCode, type CloseReason } from './close-code.ts'
export { FrameError } from './frame-error.ts'
export {
  type AuthFrame,
  type CallFrame,
  type CancelFrame,
  type ClientFrame,
  type CreditFrame,
  defaultCredit,
  type ErrorFrame,
  type ItemsFrame,
  jsonSubprotocol,
  largestCredit,
  type ResultFrame,
  type ServerFrame,
} from './frames.ts'
export { isWireError } from './is-wire-error.ts'
export {
  createProblem,
  isErrorCode,
  type Problem,
  problemContentType,
  readProblem,
} from './problem.ts'
export { readClientFrame } from './read-client-frame.ts'
export { readServerFrame } from './read-server-frame.ts'
export { errorStatus, type WireError, type WireErrorCode } from './wire-error.ts'
