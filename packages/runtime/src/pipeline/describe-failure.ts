import { ApiError } from '@neemata/application'
import type { WireError } from '@neemata/gateway'
import { errorStatus } from '@neemata/gateway/protocol'

import { RemoteError } from '../apps/remote-error.ts'
import { NeemataError } from '../errors/neemata-error.ts'
import { applyFilters } from './apply-filters.ts'
import type { Call } from './call.ts'

/**
 * What a caller is told of something that was thrown: an `ApiError` as it is; of anything else only
 * that it happened, with an id that leads to the line in the log.
 */
export async function describeFailure(call: Call, thrown: unknown): Promise<WireError> {
  const error = await applyFilters(call, toError(thrown))
  if (!(error instanceof ApiError)) return reportUnexpected(call, error)
  const unfit = findUnfitPart(error)
  if (unfit) return reportUnexpected(call, unfit)

  const { code, message, data } = error
  const described: WireError = data === undefined ? { code, message } : { code, message, data }
  // An application that fails a call itself with this code gets its line in the log too, unless the
  // application that it called has written it.
  if (code !== 'internal_error') return described
  const id = error instanceof RemoteError && error.id ? error.id : log(call, error)
  return { ...described, id }
}

/** As `describeFailure`; an error whose own getters throw must not leave its caller without an answer. */
export async function describeSafely(call: Call, thrown: unknown): Promise<WireError> {
  try {
    return await describeFailure(call, thrown)
  } catch {
    return { code: 'internal_error', message: 'The call failed, and so did describing why.' }
  }
}

function reportUnexpected(call: Call, error: Error): WireError {
  const id = log(call, error)
  const { mode } = call.session.context.services
  const message = mode === 'development' ? error.message : 'Something went wrong on the server.'
  return { code: 'internal_error', message, id }
}

function log(call: Call, err: Error): string {
  const { id, plan } = call
  call.session.context.logger.error({ err, id, procedure: plan.procedure }, 'call failed')
  return id
}

function findUnfitPart(error: ApiError): NeemataError | undefined {
  if (!Object.hasOwn(errorStatus, error.code)) {
    return new NeemataError('NM7306', `"${error.code}" is not a code of ApiError.`, {
      cause: error,
    })
  }
  try {
    if (typeof error.data === 'object' || typeof error.data === 'function') {
      structuredClone(error.data)
    }
    return undefined
  } catch (cause) {
    return new NeemataError(
      'NM7306',
      `The data of an ApiError with code ${error.code} and message "${error.message}" is not plain data.`,
      { cause },
    )
  }
}

function toError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown
  return new Error('Something was thrown that is not an error.', { cause: thrown })
}
