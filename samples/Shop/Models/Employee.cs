namespace Shop;

/// <summary>Someone who works in the shop. <paramref name="Revision"/> counts how often the row was touched.</summary>
[Model("employees")]
public partial record Employee(long Id, string Name, string? Department, string? Role, int Age, bool Active, int Revision);
