package dev.odometer.metering.imports;

import dev.odometer.metering.usage.InMemoryUsageLog;
import java.time.Clock;

class InMemoryImportsTest extends ImportsContract {

    @Override
    protected Store empty() {
        var log = new InMemoryUsageLog(Clock.systemUTC());
        return new Store(new InMemoryImports(log), log);
    }
}
