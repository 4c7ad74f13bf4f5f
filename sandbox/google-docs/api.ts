import type { Answer, Call } from '#sandbox/http.ts'
import { type Handler, type Route, router } from '#sandbox/route.ts'
import { listDrives, showAbout, showDrive } from './about.ts'
import { type Context, callerOf, type Method, Refusal } from './access.ts'
import { listChanges, showStartToken } from './changes.ts'
import { showDocument } from './documents.ts'
import { exportFile } from './export.ts'
import { listFiles, showFile } from './files.ts'
import { count } from './limits.ts'
import { notFound } from './openid.ts'
import { named } from './scopes.ts'
import type { Api, State } from './state.ts'

const READ = named('drive', 'drive.file', 'drive.readonly')
const METADATA = named('drive', 'drive.file', 'drive.metadata', 'drive.metadata.readonly', 'drive.readonly')
const DOCUMENTS = named('documents', 'documents.readonly', 'drive', 'drive.file', 'drive.readonly')
const DRIVES = named('drive', 'drive.readonly')

function method(api: Api, pattern: string, rpc: string, scopes: readonly string[], handler: Handler<Context>) {
  const route: Route<Context, Method> = { method: 'GET', pattern, about: { api, rpc, scopes }, handler }
  return route
}
const drive = (pattern: string, rpc: string, scopes: readonly string[], handler: Handler<Context>) =>
  method('drive', `/drive/v3${pattern}`, `google.apps.drive.v3.${rpc}`, scopes, handler)

/** The methods and the scopes that any one of opens them (developers.google.com/workspace/drive/api/reference/rest/v3). */
const finds = {
  drive: router([
    drive('/about', 'DriveAbout.Get', METADATA, (call, _params, context) => showAbout(call, context)),
    drive('/files', 'DriveFiles.List', METADATA, (call, _params, context) => listFiles(call, context)),
    drive('/files/{id}', 'DriveFiles.Get', METADATA, showFile),
    drive('/files/{id}/export', 'DriveFiles.Export', READ, exportFile),
    drive('/changes', 'DriveChanges.List', METADATA, (call, _params, context) => listChanges(call, context)),
    drive('/changes/startPageToken', 'DriveChanges.GetStartPageToken', METADATA, (call, _params, context) =>
      showStartToken(call, context),
    ),
    drive('/drives', 'DriveDrives.List', DRIVES, (call, _params, context) => listDrives(call, context)),
    drive('/drives/{id}', 'DriveDrives.Get', DRIVES, showDrive),
  ]),
  docs: router([
    method('docs', '/v1/documents/{id}', 'google.apps.docs.v1.DocumentsService.GetDocument', DOCUMENTS, showDocument),
  ]),
}

/** Answers one call of the Drive or the Docs API. */
export async function answerApi(call: Call, state: State, api: Api): Promise<Answer> {
  const found = finds[api](call.method, call.rest)
  if (!found) return notFound(call)
  try {
    const caller = callerOf(call, state, found.about)
    count(state, api, caller.account.email)
    return await found.handler(call, found.params, { state, caller })
  } catch (problem) {
    if (problem instanceof Refusal) return problem.answer
    throw problem
  }
}
