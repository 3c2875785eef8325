import type { Catalogue } from '../catalogue-entry.ts'

/** What goes wrong when files are written, bundled and checked. */
export const outputCatalogue = {
  NM4001: {
    severity: 'error',
    title: 'A file in generated/ is not ours.',
    why: 'The folder is written by the compiler, which overwrites only files that carry its header.',
    fix: 'Move the file out of generated/, or delete it, and run the command again.',
  },
  NM4002: {
    severity: 'error',
    title: 'A file could not be written.',
    why: 'The system refused: the folder may be read-only, or the disk full.',
    fix: 'Check the permissions and the space of the folder, and run the command again.',
  },
  NM4003: {
    severity: 'error',
    title: 'A generated file is stale.',
    why: 'What is on disk is not what the sources and the config give today, or somebody edited it.',
    fix: 'Run `neemata generate` and commit the result.',
  },
  NM4101: {
    severity: 'error',
    title: 'The output folder would swallow something else.',
    why: 'A build replaces the whole folder, so it can hold nothing but its own output.',
    fix: "Give `build.outDir` a folder of its own, such as 'dist'.",
  },
  NM4102: {
    severity: 'error',
    title: 'A module has a syntax error.',
    why: 'What cannot be parsed cannot be bundled.',
    fix: 'Correct the syntax at the marked place.',
  },
  NM4103: {
    severity: 'error',
    title: 'An import leads nowhere.',
    why: 'A bundle has to hold everything that it runs.',
    fix: 'Correct the path, or install the package.',
  },
  NM4104: {
    severity: 'error',
    title: 'An imported name is not exported.',
    why: 'The module that is imported from has no export of this name.',
    fix: 'Export the name there, or import one that exists.',
  },
  NM4105: {
    severity: 'error',
    title: 'The bundle could not be built.',
    why: 'The bundler stopped; its message says at what.',
    fix: 'Correct what the message names. A package that cannot be bundled goes into `build.external`.',
  },
  NM4106: {
    severity: 'warning',
    title: 'The bundler has a warning.',
    why: 'The bundle was built, but may not do what the source says.',
    fix: 'Look at the marked place.',
  },
  NM4107: {
    severity: 'error',
    title: 'An external package could not be copied.',
    why: 'Packages that are not bundled are copied beside the bundle, so that it runs anywhere.',
    fix: 'Install the package where the importing file finds it, and build again.',
  },
  NM4108: {
    severity: 'error',
    title: 'Two versions of one external package are imported.',
    why: 'The bundle reaches external packages from one folder, where only one version fits.',
    fix: 'Let all importing packages use the same version.',
  },
  NM4109: {
    severity: 'warning',
    title: 'Code asks for its own location.',
    why: 'In a bundle, `import.meta.url` and `__dirname` name the output; files beside the source do not come along.',
    fix: "Import the file (`import data from './data.json'`, `import text from './text.sql?raw'`), or take its path from the environment.",
  },
  NM4201: {
    severity: 'error',
    title: 'TypeScript is not installed.',
    why: 'Types are checked by the TypeScript of the project, so that editor and check agree.',
    fix: 'Run `npm install --save-dev typescript`.',
  },
  NM4202: {
    severity: 'error',
    title: 'There is no tsconfig.json.',
    why: 'It says how the project is type-checked.',
    fix: 'Create a tsconfig.json beside the config with { "extends": "neemata/tsconfig" }.',
  },
  NM4203: {
    severity: 'error',
    title: 'A type error.',
    why: 'TypeScript refuses the code.',
    fix: 'Correct the code at the marked place.',
  },
  NM4204: {
    severity: 'error',
    title: 'TypeScript could not check the project.',
    why: 'The tsconfig has a mistake, or the checker itself failed.',
    fix: 'Correct the tsconfig. The message is what TypeScript said.',
  },
  NM4301: {
    severity: 'error',
    title: 'The development server ended.',
    why: 'Its process exited although nobody asked it to.',
    fix: 'Read its last output above. It starts again at the next edit.',
  },
  NM4302: {
    severity: 'error',
    title: 'The sources cannot be watched.',
    why: 'The system allows no more watched folders, or denies access to one.',
    fix: 'On Linux, raise fs.inotify.max_user_watches. Until then, start `neemata dev` again after edits.',
  },
  NM4303: {
    severity: 'error',
    title: 'A module failed while it was loaded.',
    why: 'Its code threw when it was imported, so the application cannot run with it.',
    fix: 'Correct the code at the marked place; the old code serves until then.',
  },
  NM4304: {
    severity: 'error',
    title: 'The new code of an app could not be started.',
    why: 'Its values, plugins or hooks failed when they were made from the new code.',
    fix: 'Correct what the message names; the old code serves until then.',
  },
} as const satisfies Catalogue
