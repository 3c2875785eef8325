import type { StandardSchemaV1 } from '@standard-schema/spec'

/**
 * Any validator that implements Standard Schema, version 1 (https://standardschema.dev): zod, valibot,
 * arktype and others. zod is the one that the documentation uses.
 */
export type Schema<Input = unknown, Output = Input> = StandardSchemaV1<Input, Output>

/** What a caller sends: the type before the schema parses it. */
export type InferInput<S extends Schema> = StandardSchemaV1.InferInput<S>

/** What a handler receives: the type after the schema parsed it. */
export type InferOutput<S extends Schema> = StandardSchemaV1.InferOutput<S>

export type MaybePromise<T> = T | Promise<T>
