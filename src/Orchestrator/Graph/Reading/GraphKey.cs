namespace Orchestrator.Graph.Reading;

/// <summary>One row of the table of keys.</summary>
/// <param name="Places">The mappings that it may stand in.</param>
/// <param name="Description">One line for a person who hovers over the key.</param>
internal sealed record GraphKey(string Name, KeyPlaces Places, KeyForms Forms, string Description, KeySupport Support = KeySupport.Honoured);
