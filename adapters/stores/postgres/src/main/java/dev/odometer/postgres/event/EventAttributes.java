package dev.odometer.postgres.event;

import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.jdbc.DigestNumbers;
import dev.odometer.postgres.jdbc.NamedSql;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The attributes that usually many events share. Each combination is stored once, and events refer to its number. */
record EventAttributes(
        String source,
        String type,
        @Nullable String datacontenttype,
        @Nullable String dataschema) {

    private static final int BYTES = 150;

    static EventAttributes of(UsageEvent event) {
        return new EventAttributes(event.source(), event.type(), event.datacontenttype(), event.dataschema());
    }

    /** Their numbers, in the table {@code event_attributes}. */
    static final class Numbers extends DigestNumbers<EventAttributes> {

        /** The part of the heap for the cache. */
        private static final int HEAP_FRACTION = 32;

        private static final NamedSql ADD = new NamedSql("""
                insert into event_attributes (digest, source, type, datacontenttype, dataschema)
                select * from unnest(:digests, :sources, :types, :datacontenttypes, :dataschemas)
                on conflict (digest) do nothing
                """);
        private static final NamedSql FIND =
                new NamedSql("select digest, number from event_attributes where digest = any (:digests)");

        Numbers(Database database) {
            super(database, Runtime.getRuntime().maxMemory() / HEAP_FRACTION, ADD, FIND);
        }

        long[] ofEvents(List<UsageEvent> batch) {
            return of(batch.stream().map(EventAttributes::of).toList());
        }

        /** The same as in the migration V024. */
        @Override
        protected byte[] digest(Digest digest, EventAttributes one) {
            return digest.of(one.source, one.type, optional(one.datacontenttype), optional(one.dataschema));
        }

        /** An absent attribute differs from an empty one. */
        private static String optional(@Nullable String attribute) {
            return attribute == null ? "" : "=" + attribute;
        }

        @Override
        protected Map<String, Object> columns(Collection<EventAttributes> all) {
            return Map.of(
                    "sources", texts(all, EventAttributes::source),
                    "types", texts(all, EventAttributes::type),
                    "datacontenttypes", texts(all, EventAttributes::datacontenttype),
                    "dataschemas", texts(all, EventAttributes::dataschema));
        }

        private static @Nullable String[] texts(
                Collection<EventAttributes> all, Function<EventAttributes, @Nullable String> column) {
            return all.stream().map(column).toArray(String[]::new);
        }

        @Override
        protected long bytes(EventAttributes one) {
            return (long) BYTES
                    + one.source.length()
                    + one.type.length()
                    + optional(one.datacontenttype).length()
                    + optional(one.dataschema).length();
        }
    }
}
