using System.Globalization;
using Orchestrator.Tool.Drawing;

namespace Orchestrator.Tool.Pages;

/// <summary>A table with a caption, whose first cell of each row is the row's heading. The page's script lets people sort it.</summary>
internal sealed class Table
{
    private readonly Markup _page;

    /// <param name="page">Where it is written; the table is open until <see cref="End"/>.</param>
    /// <param name="caption">What it shows.</param>
    /// <param name="className">What the page's style and script know of it: <c>sortable</c>, <c>filtered</c>; null for nothing.</param>
    /// <param name="columns">One that begins with <c>#</c> holds numbers.</param>
    public Table(Markup page, string caption, string? className, params ReadOnlySpan<string> columns)
    {
        _page = page.Open("div", ("class", "wide"), ("role", "group"), ("aria-label", caption), ("tabindex", "0")).Open("table", ("class", className)).Element("caption", caption).Open("thead").Open("tr");
        foreach (var column in columns)
        {
            page.Element("th", column.TrimStart('#'), ("scope", "col"), ("class", column.StartsWith('#') ? "number" : null));
        }

        page.Close().Close().Open("tbody").Raw("\n");
    }

    /// <summary>Begins a row with the name of what it is about.</summary>
    /// <param name="link">Where on the page there is more; null for nowhere.</param>
    public Table Row(string name, string? link = null, string? className = null)
    {
        _page.Open("tr", ("class", className)).Open("th", ("scope", "row"));
        _ = link is null ? _page.Text(name) : _page.Element("a", name, ("href", link));
        _page.Close();
        return this;
    }

    public Table Cell(string text)
    {
        _page.Element("td", text);
        return this;
    }

    /// <summary>Words that need more room than others.</summary>
    public Table Words(string sentence)
    {
        Pages.Words.Prose(_page.Open("td", ("class", "words")), sentence);
        _page.Close();
        return this;
    }

    /// <summary>A word on the ground of its state.</summary>
    public Table State(string word, string className)
    {
        _page.Open("td").Element("span", word, ("class", "state " + className)).Close();
        return this;
    }

    /// <summary>A number as people read it, and as it is sorted.</summary>
    public Table Number(string text, double value)
    {
        _page.Element("td", text, ("class", "number"), ("data-value", text.Length == 0 ? null : value.ToString("0.###", CultureInfo.InvariantCulture)));
        return this;
    }

    /// <summary>When something was, drawn; it says nothing that numbers do not say.</summary>
    /// <param name="className">Of the bar.</param>
    public Table Bar(TimeSpan started, TimeSpan ended, TimeSpan from, TimeSpan to, string className)
    {
        const double Width = 1000;
        const double Narrowest = 3;
        var scale = Width / Math.Max((to - from).TotalSeconds, 0.001);
        var width = Math.Clamp((ended - started).TotalSeconds * scale, Narrowest, Width);
        var x = Math.Clamp((started - from).TotalSeconds * scale, 0, Width - width);
        _page.Open("td", ("class", "time")).Open("svg", ("viewBox", "0 0 1000 10"), ("preserveAspectRatio", "none"), ("aria-hidden", "true"), ("focusable", "false"))
            .Empty("rect", ("class", className), ("x", Markup.Number(x)), ("width", Markup.Number(width)), ("height", "10")).Close().Close();
        return this;
    }

    public Table EndRow()
    {
        _page.CloseLine();
        return this;
    }

    public void End() => _page.Close().Close().CloseLine();
}
