export * from '@neemata/client'
