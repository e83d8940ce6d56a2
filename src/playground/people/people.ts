import type { CommandMenus } from '../bot-api/commands.ts'
import type { World } from '../bot-api/world.ts'
import { Group } from './group.ts'
import { Person, type PersonFacts } from './person.ts'

/** Everybody there is, by id. */
export class People {
  private readonly world: World
  private readonly menus: CommandMenus
  private readonly byId = new Map<number, Person>()
  private nextPerson: number
  private nextGroup = -1001

  constructor(world: World, menus: CommandMenus, firstId: number) {
    this.world = world
    this.menus = menus
    this.nextPerson = firstId
  }

  person(id?: number, facts: PersonFacts = {}): Person {
    const known = id === undefined ? undefined : this.byId.get(id)
    if (known) return known
    const person = new Person(this.world, this.menus, id ?? this.freeId(), facts)
    this.byId.set(person.id, person)
    return person
  }

  all(): Person[] {
    return [...this.byId.values()]
  }

  group(type: 'group' | 'channel', facts: { id?: number; title?: string }): Group {
    const id = facts.id ?? this.nextGroup
    if (facts.id === undefined) this.nextGroup -= 1
    return new Group(this.world, this.world.chats.create({ id, type, title: facts.title ?? `${type} ${-id}` }))
  }

  private freeId(): number {
    while (this.byId.has(this.nextPerson)) this.nextPerson += 1
    return this.nextPerson
  }
}
