import type { Schema } from './fields.ts'

const leaves = (names: string): Schema => Object.fromEntries(names.split(/\s+/).map((name) => [name, null]))

/** developers.google.com/workspace/drive/api/reference/rest/v3: the fields of Drive's answers, for `fields`. */
const USER = leaves('kind displayName photoLink me permissionId emailAddress')

export const FILE: Schema = {
  ...leaves(
    `appProperties clientEncryptionDetails contentHints contentRestrictions copyRequiresWriterPermission createdTime
    description downloadRestrictions driveId explicitlyTrashed exportLinks fileExtension folderColorRgb
    fullFileExtension hasAugmentedPermissions hasThumbnail headRevisionId iconLink id imageMediaMetadata
    inheritedPermissionsDisabled isAppAuthorized kind labelInfo linkShareMetadata md5Checksum mimeType modifiedByMe
    modifiedByMeTime modifiedTime name originalFilename ownedByMe parents permissionIds properties quotaBytesUsed
    resourceKey sha1Checksum sha256Checksum shared sharedWithMeTime size spaces starred teamDriveId thumbnailLink
    thumbnailVersion trashed trashedTime version videoMediaMetadata viewedByMe viewedByMeTime viewersCanCopyContent
    webContentLink webViewLink writersCanShare`,
  ),
  capabilities: leaves('canCopy canDownload canEdit canComment canReadRevisions canShare canTrash'),
  lastModifyingUser: USER,
  owners: USER,
  permissions: leaves('kind id type role emailAddress displayName allowFileDiscovery'),
  sharingUser: USER,
  shortcutDetails: leaves('targetId targetMimeType targetResourceKey'),
  trashingUser: USER,
}
export const FILE_LIST: Schema = { ...leaves('kind nextPageToken incompleteSearch'), files: FILE }
export const ABOUT: Schema = {
  ...leaves(
    'appInstalled canCreateDrives canCreateTeamDrives driveThemes exportFormats folderColorPalette importFormats kind maxImportSizes maxUploadSize teamDriveThemes',
  ),
  storageQuota: leaves('limit usage usageInDrive usageInDriveTrash'),
  user: USER,
}
const DRIVE = leaves('kind id name createdTime hidden capabilities orgUnitId restrictions colorRgb')
export const ONE_DRIVE = DRIVE
export const DRIVE_LIST: Schema = { ...leaves('kind nextPageToken'), drives: DRIVE }
export const CHANGE_LIST: Schema = {
  ...leaves('kind nextPageToken newStartPageToken'),
  changes: { ...leaves('kind type changeType time removed fileId driveId teamDriveId'), file: FILE, drive: DRIVE },
}
export const START_TOKEN = leaves('kind startPageToken')

/** developers.google.com/workspace/docs/api/reference/rest/v1/documents */
export const DOCUMENT: Schema = {
  ...leaves('documentId title revisionId suggestionsViewMode'),
  ...Object.fromEntries(
    `body documentStyle footers footnotes headers inlineObjects lists namedRanges namedStyles positionedObjects
    suggestedDocumentStyleChanges suggestedNamedStylesChanges tabs`
      .split(/\s+/)
      .map((name) => [name, 'any']),
  ),
}
