type Shape = Map<string, Set<string>>

/** Every field of a JSON value by its path, with the types seen there; lists are one step, written `[]`. */
function shapeOf(value: unknown, at = '', shape: Shape = new Map()): Shape {
  const type = value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value
  if (at !== '') shape.set(at, (shape.get(at) ?? new Set<string>()).add(type))
  if (Array.isArray(value)) for (const item of value) shapeOf(item, `${at}[]`, shape)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) shapeOf(inner, at === '' ? key : `${at}.${key}`, shape)
  }
  return shape
}

/** Fields that one side has and the other has not, and fields whose types have nothing in common, but for the `optional`. */
export function differences(example: unknown, answer: unknown, optional: readonly RegExp[]): string[] {
  const [wanted, given] = [shapeOf(example), shapeOf(answer)]
  const isNullAbove = (field: string) =>
    [...wanted, ...given].some(([at, types]) => types.has('null') && field.startsWith(`${at}.`))
  const skipped = (field: string) => optional.some((one) => one.test(field)) || isNullAbove(field)
  const apart = (name: string, one: Shape, other: Shape) =>
    [...one.keys()].filter((field) => !other.has(field) && !skipped(field)).map((field) => `${name} ${field}`)
  const retyped = [...wanted].flatMap(([field, types]) => {
    const own = given.get(field)
    const isAlike = !own || types.has('null') || own.has('null') || [...types].some((type) => own.has(type))
    return isAlike || skipped(field) ? [] : [`${field}: ${[...types].join()} became ${[...own].join()}`]
  })
  return [...apart('missing', wanted, given), ...apart('extra', given, wanted), ...retyped]
}
