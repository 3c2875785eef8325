import { expect, test } from 'vitest'

import * as client from 'neemata/client'
import * as config from 'neemata/config'
import * as declarations from 'neemata'
import * as runtime from 'neemata/runtime'

test('offers these names and no others', () => {
  const names = (entry: object) => Object.keys(entry).toSorted()
  expect({
    neemata: names(declarations),
    'neemata/client': names(client),
    'neemata/config': names(config),
    'neemata/runtime': names(runtime),
  }).toMatchInlineSnapshot(`
    {
      "neemata": [
        "ApiError",
        "configurePlugin",
        "createDescriptor",
        "defineApplication",
        "defineCommand",
        "defineEvent",
        "defineFilter",
        "defineGuard",
        "defineHook",
        "defineInjectable",
        "defineJob",
        "defineMiddleware",
        "definePlugin",
        "defineProcedure",
        "defineRouter",
        "defineStream",
        "inject",
        "isDescriptor",
        "kind",
        "provide",
      ],
      "neemata/client": [
        "ApiError",
        "ConnectionError",
        "FormatError",
        "createClient",
      ],
      "neemata/config": [
        "defineApp",
        "defineRuntime",
        "env",
      ],
      "neemata/runtime": [
        "NeemataError",
        "createLogger",
        "createRuntime",
        "readEnvironment",
        "runCommand",
        "runProcess",
        "runWorker",
      ],
    }
  `)
})
