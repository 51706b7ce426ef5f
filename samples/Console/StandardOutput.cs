using System.Text;
using Microsoft.Win32.SafeHandles;

namespace DiscordIntel.Samples.Terminal;

/// <summary>
/// Standard output that says when nobody reads it any more, as behind <c>| head -1</c>: what .NET gives stays silent, and a live answer would go on, and cost, for nobody.
/// </summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    public static TextWriter Open()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return Console.Out;
        }

        try
        {
            var stream = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);

            // In a file this stream would keep a place of its own, and the next program would write over it.
            return stream.CanSeek ? Console.Out : new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Console.Out;
        }
    }
}
