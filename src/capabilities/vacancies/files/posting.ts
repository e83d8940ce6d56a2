import { z } from 'zod'
import type { Fields } from './columns.ts'

type Thing = Readonly<Record<string, unknown>>

/** Whether it is a JobPosting of schema.org, alone or among other types. */
export function isPosting(thing: Thing): boolean {
  return [thing['@type']].flat().some((type) => typeof type === 'string' && /(?:^|[/:#])JobPosting$/.test(type))
}

/**
 * A JobPosting (https://schema.org/JobPosting) in the words of its page. What sites write otherwise than the vocabulary
 * asks, a text for an object or a list for one, is read as well.
 */
export function fieldsOfPosting(posting: Thing): Fields {
  const employer = first(posting.hiringOrganization)
  const address = first(at(posting.jobLocation, 'address'))
  const salary = first(posting.baseSalary ?? posting.estimatedSalary)
  const amount = first(at(salary, 'value'))
  const contact = first(posting.applicationContact)
  return {
    id: text(at(posting.identifier, 'value')) ?? text(posting.identifier) ?? text(posting['@id']),
    url: text(posting.url) ?? text(posting.mainEntityOfPage) ?? text(at(posting.mainEntityOfPage, '@id')),
    title: text(posting.title) ?? text(posting.name),
    employer: text(at(employer, 'name')) ?? text(employer),
    bin: text(at(employer, 'taxID')) ?? text(at(employer, 'identifier')),
    region: text(at(address, 'addressRegion')),
    town: text(at(address, 'addressLocality')) ?? text(address) ?? text(at(address, 'streetAddress')),
    salary: text(salary),
    salaryFrom:
      text(at(amount, 'minValue')) ?? text(at(salary, 'minValue')) ?? text(at(amount, 'value')) ?? text(amount),
    salaryTo: text(at(amount, 'maxValue')) ?? text(at(salary, 'maxValue')) ?? text(at(amount, 'value')),
    currency: text(at(salary, 'currency')) ?? text(posting.salaryCurrency),
    salaryPeriod: text(at(amount, 'unitText')) ?? text(at(salary, 'unitText')),
    experience: experienceOf(posting.experienceRequirements),
    education: text(at(posting.educationRequirements, 'credentialCategory')) ?? text(posting.educationRequirements),
    employment: listed(posting.employmentType),
    hours: text(posting.workHours),
    format: posting.jobLocationType === 'TELECOMMUTE' ? 'remote' : null,
    description: text(posting.description),
    requirements: [listed(posting.qualifications), listed(posting.skills)].filter(Boolean).join('\n') || null,
    contact: [text(at(contact, 'telephone')), text(at(contact, 'email'))].filter(Boolean).join(', ') || null,
    published: text(posting.datePosted),
    validThrough: text(posting.validThrough),
  }
}

/** "monthsOfExperience" is the vocabulary's own way; most pages have a text. */
function experienceOf(value: unknown): string | null {
  const months = text(at(value, 'monthsOfExperience'))
  return months === null ? text(value) : `${months} months`
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value
}

const Thing = z.record(z.string(), z.unknown())

function at(value: unknown, key: string): unknown {
  return first(Thing.safeParse(first(value)).data?.[key])
}

function text(value: unknown): string | null {
  const one = first(value)
  if (typeof one === 'number') return String(one)
  return typeof one === 'string' && one.trim() !== '' ? one.trim() : null
}

function listed(value: unknown): string | null {
  return [value].flat().map(text).filter(Boolean).join(', ') || null
}
