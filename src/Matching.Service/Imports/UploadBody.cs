using System.Net.Http.Headers;
using Matching.Service.Imports.Files;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Matching.Service.Imports;

/// <summary>The file in a request: the body itself, or the first file of a multipart form.</summary>
internal static class UploadBody
{
    /// <summary>The file's content as a stream over the request, and what the sender called it.</summary>
    /// <exception cref="FileRefusedException">The form has no file.</exception>
    public static async Task<(Stream Content, string FileName)> OpenAsync(HttpRequest request, long maxBytes, CancellationToken ct)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // The form around the file needs some bytes of its own.
            size.MaxRequestBodySize = maxBytes + 100_000;
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "multipart/form-data")
        {
            return (request.Body, "");
        }

        var boundary = type.Parameters.FirstOrDefault(parameter => parameter.Name == "boundary")?.Value?.Trim('"');
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 100)
        {
            throw new FileRefusedException("no_file", "表单缺少 boundary。");
        }

        try
        {
            var form = new MultipartReader(boundary, request.Body);
            while (await form.ReadNextSectionAsync(ct) is { } section)
            {
                if (section.AsFileSection() is { FileStream: not null } file)
                {
                    return (file.FileStream, file.FileName);
                }
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new FileRefusedException("no_file", "表单不完整或格式不对。");
        }

        throw new FileRefusedException("no_file", "表单中没有文件。");
    }

    /// <summary>A label of at most 200 characters: the last part of the path, without control characters. The file is never stored under it.</summary>
    public static string Label(string name)
    {
        var last = name.Split('/', '\\')[^1].Trim('"', ' ', '.');
        var clean = new string([.. last.Where(sign => !char.IsControl(sign) && !char.IsSurrogate(sign))]);
        return clean.Length <= 200 ? clean : clean[..200];
    }
}
