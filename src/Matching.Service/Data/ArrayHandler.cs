using System.Data;
using Dapper;

namespace Matching.Service.Data;

/// <summary>Lets a record take a PostgreSQL array in its constructor: the reader announces it as <see cref="Array"/>, which Dapper alone would not accept.</summary>
internal sealed class ArrayHandler<T> : SqlMapper.TypeHandler<T[]>
{
    public override T[] Parse(object value) => (T[])value;

    public override void SetValue(IDbDataParameter parameter, T[]? value) => parameter.Value = value;
}
