package dev.odometer.functions.schedule;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

class InMemoryTickLogTest extends TickLogContract {

    private @Nullable Instant now;

    @Override
    protected TickLog empty() {
        InstantSource source = () -> now == null ? Instant.now() : now;
        return new InMemoryTickLog(source.withZone(ZoneOffset.UTC));
    }

    @Override
    protected void setClock(@Nullable Instant now) {
        this.now = now;
    }
}
