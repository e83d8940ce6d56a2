/** A symmetric or rectangular matrix, row by row. */
export type Matrix = readonly Float64Array[]

/** Solves A X = B for symmetric positive definite A (Cholesky). */
export function solve(a: Matrix, b: Matrix): Matrix {
  const lower = factor(a)
  const x = b.map((row) => Float64Array.from(row))
  for (let i = 0; i < x.length; i++) eliminate(x, i, at(lower, i, i), (j) => (j < i ? at(lower, i, j) : 0))
  for (let i = x.length - 1; i >= 0; i--) eliminate(x, i, at(lower, i, i), (j) => (j > i ? at(lower, j, i) : 0))
  return x
}

function at(matrix: Matrix, row: number, column: number): number {
  return matrix[row]?.[column] ?? 0
}

function factor(a: Matrix): Matrix {
  const lower: Matrix = a.map((row) => new Float64Array(row.length))
  lower.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      let sum = at(a, i, j)
      for (let k = 0; k < j; k++) sum -= at(lower, i, k) * at(lower, j, k)
      row[j] = i === j ? Math.sqrt(sum) : sum / at(lower, j, j)
    }
  })
  return lower
}

function eliminate(x: Matrix, i: number, pivot: number, weight: (j: number) => number) {
  const row = x[i] ?? new Float64Array()
  x.forEach((other, j) => {
    const share = weight(j)
    if (share !== 0) for (let k = 0; k < row.length; k++) row[k] = (row[k] ?? 0) - share * (other[k] ?? 0)
  })
  for (let k = 0; k < row.length; k++) row[k] = (row[k] ?? 0) / pivot
}

/** What a regression finds: one row per input, the last row being the intercept. */
export type Coefficients = Matrix

/**
 * Ridge regression of `outputs` on `inputs` (rows of people, each counting as much as its weight); the intercept, added
 * as a last input of 1, stays free.
 */
export function ridge(inputs: Matrix, outputs: Matrix, weights: Float64Array, penalty: number): Coefficients {
  const rows = inputs.map(withOne)
  return solve(penalised(cross(rows, rows, weights), penalty), cross(rows, outputs, weights))
}

function withOne(row: Float64Array): Float64Array {
  const longer = new Float64Array(row.length + 1).fill(1)
  longer.set(row)
  return longer
}

function cross(left: Matrix, right: Matrix, weights: Float64Array): Matrix {
  const width = right[0]?.length ?? 0
  const product = Array.from(left[0] ?? [], () => new Float64Array(width))
  left.forEach((row, person) => {
    addOuter(product, row, right[person] ?? new Float64Array(width), weights[person] ?? 1)
  })
  return product
}

function addOuter(sum: Matrix, left: Float64Array, right: Float64Array, times: number) {
  for (let i = 0; i < sum.length; i++) {
    const into = sum[i] ?? new Float64Array()
    const value = (left[i] ?? 0) * times
    for (let j = 0; j < into.length; j++) into[j] = (into[j] ?? 0) + value * (right[j] ?? 0)
  }
}

/** The last input is the intercept: hardly penalised (only enough to keep the matrix definite). */
function penalised(matrix: Matrix, penalty: number): Matrix {
  return matrix.map((row, i) =>
    row.map((value, j) => (i === j ? value + (i < matrix.length - 1 ? penalty : 1e-6) : value)),
  )
}

/** Answers of people (rows), the scales that tied for their first place, and how much each person counts. */
export type Cases = {
  readonly inputs: Matrix
  readonly outcomes: readonly Uint8Array[]
  readonly weights: Float64Array
}

/**
 * Softmax regression where an outcome is a SET of classes that tied: maximises Σ weight·log Σ_{k tied} p_k − penalty·|w|².
 * A tie does not say which class is really first, so it only has to be one of them. Climbs with the fixed curvature
 * bound ½XᵀX (Böhning and Lindsay 1988), so every step improves; stops when no coefficient moves by 1e-5.
 */
export function softmaxRegression({ inputs, outcomes, weights }: Cases, penalty: number): Coefficients {
  const rows = inputs.map(withOne)
  const classes = outcomes[0]?.length ?? 0
  const curvature = penalised(
    cross(rows, rows, weights).map((row) => row.map((value) => value / 2)),
    2 * penalty,
  )
  const found: Coefficients = curvature.map(() => new Float64Array(classes))
  for (let step = 0; step < 2000; step++) {
    const move = solve(curvature, gradient({ inputs: rows, outcomes, weights }, found, penalty))
    found.forEach((row, i) => {
      for (let k = 0; k < classes; k++) row[k] = (row[k] ?? 0) + at(move, i, k)
    })
    if (move.every((row) => row.every((value) => Math.abs(value) < 1e-5))) break
  }
  return found
}

function gradient({ inputs, outcomes, weights }: Cases, found: Coefficients, penalty: number): Matrix {
  const last = found.length - 1
  const slope = found.map((row, i) => row.map((value) => (i < last ? -2 * penalty * value : 0)))
  const residual = new Float64Array(found[0]?.length ?? 0)
  inputs.forEach((row, person) => {
    probabilities(row, found, residual)
    towards(outcomes[person] ?? new Uint8Array(), residual)
    addOuter(slope, row, residual, weights[person] ?? 1)
  })
  return slope
}

function probabilities(row: Float64Array, found: Coefficients, into: Float64Array) {
  into.fill(0)
  for (let i = 0; i < found.length; i++) {
    const weight = found[i] ?? into
    const value = row[i] ?? 0
    for (let k = 0; k < into.length; k++) into[k] = (into[k] ?? 0) + value * (weight[k] ?? 0)
  }
  let sum = 0
  for (let k = 0; k < into.length; k++) sum += into[k] = Math.exp(into[k] ?? 0)
  for (let k = 0; k < into.length; k++) into[k] = (into[k] ?? 0) / sum
}

/** Turns probabilities p into p·tied/Σ(p·tied) − p. */
function towards(tied: Uint8Array, p: Float64Array) {
  let mass = 0
  for (let k = 0; k < p.length; k++) mass += (p[k] ?? 0) * (tied[k] ?? 0)
  for (let k = 0; k < p.length; k++) p[k] = ((p[k] ?? 0) * (tied[k] ?? 0)) / mass - (p[k] ?? 0)
}
