namespace Drip;

/// <summary>
/// What an around-hook wraps: the action of the transition, for example the whole batch. It is to be called and awaited
/// exactly once; where it is not called, the transition does not happen.
/// </summary>
public delegate Task HookNext();
