package dev.odometer.imports;

import dev.odometer.usage.InMemoryUsageLog;
import java.time.Clock;

class InMemoryImportsTest extends ImportsContract {

    @Override
    protected Store empty() {
        var log = new InMemoryUsageLog(Clock.systemUTC());
        return new Store(new InMemoryImports(log), log);
    }
}
