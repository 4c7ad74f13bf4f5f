import { plainText, richText } from './rich-text.ts'
import {
  type DataSource,
  type Page,
  type Property,
  personOf,
  type State,
  timestamp,
  uuidOf,
  workspaceOf,
} from './state.ts'
import { rowsOf, titled } from './tree.ts'
import { partialUser, personShape } from './users.ts'

const COLORS = ['blue', 'green', 'orange', 'red', 'purple', 'gray'] as const
const CUT_AT = 25

const optionOf = (property: Property, name: string) => ({
  id: uuidOf(`option ${property.id} ${name}`),
  name,
  color: COLORS[Math.max(0, property.options.indexOf(name)) % COLORS.length],
})

/** A property of a data source: what may stand in its column. */
export function propertyShape(state: State, source: DataSource, property: Property, hasSources: boolean) {
  const { id, name, type } = property
  return { id, name, description: null, type, [type]: configuration(state, source, property, hasSources) }
}

function configuration(state: State, source: DataSource, property: Property, hasSources: boolean): object {
  const options = property.options.map((name) => optionOf(property, name))
  switch (property.type) {
    case 'select':
    case 'multi_select':
      return { options: options.map((option) => ({ ...option, description: null })) }
    case 'status':
      return { options, groups: groupsOf(property, options) }
    case 'number':
      return { format: 'number' }
    case 'unique_id':
      return { prefix: property.options[0] ?? null }
    case 'relation': {
      const target = relatedSource(state, source, property)
      const related = hasSources ? { data_source_id: target?.id ?? '' } : {}
      return { database_id: target?.parent ?? '', ...related, type: 'single_property', single_property: {} }
    }
    case 'title':
    case 'rich_text':
    case 'date':
    case 'people':
    case 'checkbox':
    case 'url':
    case 'email':
    case 'created_time':
    case 'created_by':
    case 'last_edited_time':
      return {}
  }
}

// Notion sorts a status into three groups; here the last option is the complete one.
function groupsOf(property: Property, options: readonly { id: string }[]): object[] {
  const groups = [options.slice(0, 1), options.slice(1, -1), options.slice(Math.max(1, options.length - 1))]
  return ['To-do', 'In progress', 'Complete'].map((name, index) => ({
    id: uuidOf(`group ${property.id} ${name}`),
    name,
    color: ['gray', 'blue', 'green'][index],
    option_ids: groups[index]?.map(({ id }) => id) ?? [],
  }))
}

const relatedSource = (state: State, { workspace }: DataSource, { options }: Property): DataSource | undefined =>
  titled(state, options[0] ?? '').find(
    (one): one is DataSource => one.object === 'data_source' && one.workspace === workspace,
  )

/** The values of a row, by the names of their columns. */
export function rowProperties(state: State, source: DataSource, page: Page): Record<string, object> {
  return Object.fromEntries(
    source.properties.map((property) => {
      const { id, name, type } = property
      return [name, { id, type, ...contentOf(state, source, page, property) }]
    }),
  )
}

/** The one property of a page that is in no data source. */
export const titleProperty = ({ title }: Page) => ({
  title: { id: 'title', type: 'title', title: plainText(title) },
})

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
const word = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

function contentOf(state: State, source: DataSource, page: Page, property: Property): object {
  const value = page.values[property.name] ?? null
  switch (property.type) {
    case 'title':
      return { title: plainText(page.title) }
    case 'rich_text':
      return { rich_text: richText(word(value) ?? '').slice(0, CUT_AT) }
    case 'number':
      return { number: typeof value === 'number' ? value : null }
    case 'checkbox':
      return { checkbox: value === true }
    case 'select':
      return { select: word(value) === null ? null : optionOf(property, String(value)) }
    case 'status':
      return { status: optionOf(property, word(value) ?? property.options[0] ?? '') }
    case 'multi_select':
      return { multi_select: list(value).map((name) => optionOf(property, name)) }
    case 'date': {
      const [start, end = null] = (word(value) ?? '').split('/')
      return { date: start ? { start, end, time_zone: null } : null }
    }
    case 'url':
      return { url: word(value) }
    case 'email':
      return { email: word(value) }
    case 'people':
      return { people: peopleOf(state, page, list(value)) }
    case 'relation':
      return related(state, source, property, list(value))
    case 'unique_id':
      return { unique_id: { prefix: property.options[0] ?? null, number: rowsOf(state, source).indexOf(page) + 1 } }
    case 'created_time':
      return { created_time: timestamp(page.createdAt) }
    case 'last_edited_time':
      return { last_edited_time: timestamp(page.editedAt) }
    case 'created_by':
      return { created_by: partialUser(page.createdBy) }
  }
}

function peopleOf(state: State, page: Page, logins: readonly string[]): object[] {
  const workspace = workspaceOf(state, page.workspace)
  const people = logins.flatMap((login) => personOf(workspace, login) ?? [])
  return people.slice(0, CUT_AT).map((person) => personShape(state, person))
}

// A page tells of 25 related rows at most (developers.notion.com/reference/retrieve-a-page).
function related(state: State, source: DataSource, property: Property, titles: readonly string[]): object {
  const target = relatedSource(state, source, property)
  const rows = target ? rowsOf(state, target).filter(({ title }) => titles.includes(title)) : []
  return { relation: rows.slice(0, CUT_AT).map(({ id }) => ({ id })), has_more: rows.length > CUT_AT }
}
