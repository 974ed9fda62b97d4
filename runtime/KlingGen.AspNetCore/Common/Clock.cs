using Microsoft.Extensions.DependencyInjection;

namespace Fal.AspNetCore;

/// <summary>The clock of an app: the registered <see cref="TimeProvider"/>, or else the system clock.</summary>
internal static class Clock
{
    public static TimeProvider From(IServiceProvider services) => services.GetService<TimeProvider>() ?? TimeProvider.System;
}
