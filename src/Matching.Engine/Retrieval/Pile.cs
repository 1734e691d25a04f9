namespace Matching.Engine.Retrieval;

/// <summary>Items put one upon another in an array that is kept from search to search. A field of its owner, so that reading it is one step less than reading a list.</summary>
internal struct Pile<T>
{
    private T[] _items;
    private int _count;

    public Pile() => _items = new T[8];

    public readonly ReadOnlySpan<T> Items => _items.AsSpan(0, _count);

    public void Add(in T item)
    {
        if (_count == _items.Length)
        {
            Array.Resize(ref _items, 2 * _count);
        }

        _items[_count++] = item;
    }

    public void DropLast() => _count--;

    public void Clear() => _count = 0;
}
