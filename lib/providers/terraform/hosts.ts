import type { Endpoints, Origins } from '#lib/providers/define.ts'
import type { Api, Config } from '#lib/providers/define-api.ts'

/** HashiCorp's own two services, whose organizations and tokens have nothing to do with each other. */
export const HOME = 'https://app.terraform.io'
export const EUROPE = 'https://app.eu.terraform.io'
const API = '/api/v2'

/** What is typed, as an address: people leave the scheme out. */
export const asUrl = (text: string): URL | null => URL.parse(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`)

/** A typed host as its origin: of a Terraform Enterprise, or of one of HashiCorp's own. Null for what is no web address. */
export function cleanHost(text: string): string | null {
  const url = asUrl(text)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || !url.hostname.includes('.'))
    return null
  return url.origin
}

/** Whether it is the European service. */
const isEurope = ({ baseUrl }: Config): boolean => baseUrl === EUROPE

/** Which of the installations it is: organizations of different ones may be called alike. */
export type Place = '' | 'eu' | 'own'
export const placeOf = (config: Config): Place => (enterprise(config) ? 'own' : isEurope(config) ? 'eu' : '')

/** The host of a Terraform Enterprise; empty for HashiCorp's own services. */
export const enterprise = ({ baseUrl = '' }: Config): string => (baseUrl === HOME || baseUrl === EUROPE ? '' : baseUrl)

function hostOf({ api = HOME, eu = EUROPE }: Origins, config: Config): string {
  return enterprise(config) || (isEurope(config) ? eu : api)
}

/** One address for each service; which organization is asked about stands in the paths. */
export function endpoints(origins: Origins, config: Config): Endpoints {
  const host = hostOf(origins, config)
  return { api: `${host}${API}`, web: `${host}/app` }
}

/** A page of the service. Answers tell their pages as paths, which an installation may have under one of its own. */
export const pageAt = ({ web }: Pick<Api, 'web'>, path: string): string => `${web}/${path}`
