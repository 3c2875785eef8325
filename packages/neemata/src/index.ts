export * from '@neemata/application'
// `export *`, because only then does `declare module 'neemata'` in generated code reach `Register`.
export * from '@neemata/runtime/declare'
