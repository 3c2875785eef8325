export {
  createProblem,
  isErrorCode,
  type Problem,
  problemContentType,
  readProblem,
} from './problem.ts'
export { errorStatus, type WireError, type WireErrorCode } from './wire-error.ts'
