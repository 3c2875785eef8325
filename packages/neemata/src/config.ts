export * from '@neemata/compiler/config'
