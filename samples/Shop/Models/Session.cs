namespace Shop;

/// <summary>What became of a session; stored as an integer.</summary>
public enum SessionState
{
    /// <summary>Somebody is signed in.</summary>
    Open,
    /// <summary>Ended by signing out.</summary>
    Closed,
    /// <summary>Ended by the clock.</summary>
    Expired,
}

/// <summary>A visit to the shop's back office: a table whose key is a Guid, so that its order means nothing.</summary>
[Model("sessions")]
public partial record Session(Guid Id, long EmployeeId, DateTime StartedAt, DateTime? EndedAt, SessionState State);
