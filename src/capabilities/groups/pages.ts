/** Which of so many stand on a page; one that is not there any more is the last one. */
export function paged(total: number, wanted: number, size: number) {
  const pages = Math.max(1, Math.ceil(total / size))
  const page = Math.min(wanted, pages - 1)
  return { skip: page * size, paging: { page, pages, total } }
}
