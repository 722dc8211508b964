// A real table: rows are requirements, columns are people. Every text arrives as data and becomes a text node.
export default function ({ data, parentElement, setTriggerValue }) {
  const make = (tag, className, text) => {
    const node = document.createElement(tag)
    if (className) node.className = className
    if (text) node.textContent = text
    return node
  }
  const button = (className, text, press) => {
    const node = make("button", className, text)
    node.type = "button"
    node.onclick = press
    return node
  }
  const opens = (cred) => () => setTriggerValue("evidence", cred)

  const person = (one) => {
    const head = make("th")
    head.scope = "col"
    const name = button("name", one.name, () => setTriggerValue("person", one.id))
    name.title = data.words.open
    head.append(name, make("span", "quiet", one.met))
    return head
  }
  const inside = (cell) => [
    make("span", "", cell.text),
    ...(cell.said ? [make("span", "unseen", " " + cell.said)] : []),
  ]
  const value = (cell) => {
    const node = make("td", cell.colour)
    node.title = cell.hover
    const [first, ...more] = cell.evidence
    if (first) {
      const opener = button("cell", "", opens(first))
      opener.append(...inside(cell))
      node.append(opener)
    } else {
      const told = make("span", "cell")
      told.append(...inside(cell))
      node.append(told)
    }
    more.forEach((cred, place) => {
      const other = button("more", `+${place + 1}`, opens(cred))
      other.title = data.words.more
      node.append(other)
    })
    if (cell.confirmed) node.append(make("span", "confirmed", cell.confirmed))
    return node
  }
  const line = (row) => {
    const node = make("tr")
    const head = make("th", "", row.skill)
    head.scope = "row"
    if (row.level) head.append(" ", make("span", "quiet", row.level))
    node.append(head, ...row.cells.map(value))
    return node
  }
  const group = (one) => {
    const body = make("tbody")
    const title = make("tr", "group")
    const head = make("th", "", one.title)
    head.scope = "rowgroup"
    const rest = make("td")
    rest.colSpan = data.people.length
    title.append(head, rest)
    body.append(title, ...one.rows.map(line))
    return body
  }

  const note = (one) => {
    const node = make("td")
    node.append(make("span", "", one.decision))
    if (one.said) node.append(make("span", "unseen", " " + one.said))
    if (one.note) node.append(make("span", "note quiet", one.note))
    return node
  }
  const notes = () => {
    const row = make("tr")
    const head = make("th", "", data.words.note)
    head.scope = "row"
    row.append(head, ...data.notes.map(note))
    const foot = make("tfoot")
    foot.append(row)
    return foot
  }

  const table = make("table")
  table.append(make("caption", "unseen", data.finding))
  const top = make("tr")
  const corner = make("th", "corner", data.words.requirement)
  corner.scope = "col"
  top.append(corner, ...data.people.map(person))
  const head = make("thead")
  head.append(top)
  table.append(head, ...data.groups.map(group))
  if (data.notes.some(one => one.note)) table.append(notes())
  parentElement.querySelector(".frame").replaceChildren(table)
}
