/// The outcome of asking whether something may be done.
package enum Verdict<Allowed: Sendable>: Sendable {
    /// It may; what to write down.
    case allowed(Allowed)
    /// It may not; all reasons.
    case refused([Refusal])

    /// The reasons; empty where it may be done.
    package var refusals: [Refusal] { if case .refused(let refusals) = self { refusals } else { [] } }
    /// The same with more reasons against it; as it is where there is none.
    package func refused(with more: [Refusal]) -> Verdict { more.isEmpty ? self : .refused(refusals + more) }
    /// What to write down, where it may be done.
    package var value: Allowed? { if case .allowed(let value) = self { value } else { nil } }
}
