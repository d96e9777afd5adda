package dev.odometer.api.functions.events;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.input.Filters;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.filter.TimeFilter;
import dev.odometer.metering.usage.EventSearch;
import dev.odometer.metering.usage.RecordedEvent;
import dev.odometer.metering.usage.UsageLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists all events with cursor pagination, latest first; each page continues exactly where the previous one ended. */
public final class ListEventsV2 implements Function<ListEventsV2.Input, ListEventsV2.Page> {

    private static final Set<String> FIELDS =
            Set.of("id", "source", "subject", "type", "customerId", "time", "ingestedAt");

    private final UsageLog log;
    private final EventViews views;
    private final CustomerSubjects subjects;

    public ListEventsV2(UsageLog log, EventViews views, CustomerLookup customers) {
        this.log = log;
        this.views = views;
        this.subjects = new CustomerSubjects(customers);
    }

    /**
     * The filters and the position.
     *
     * @param cursor {@code nextCursor} of the previous page
     * @param filter filters by field of the event
     */
    public record Input(
            @Nullable String cursor,
            @Nullable Integer limit,
            @Nullable String clientId,
            @Nullable Map<String, @Nullable Object> filter) {}

    /**
     * A page.
     *
     * @param nextCursor present when the page is full, because more events may follow
     */
    public record Page(List<EventView> items, @Nullable String nextCursor) {}

    @Override
    public Page apply(Input input) {
        Bounds.clientId(input.clientId);
        int limit = Bounds.limit(input.limit);
        EventSearch.Cursor after = input.cursor == null ? null : EventCursor.parse(input.cursor);
        List<RecordedEvent> found = log.list(search(new Fields(input.filter), after, limit));
        String next = found.size() < limit ? null : EventCursor.after(found.get(limit - 1));
        return new Page(views.of(found), next);
    }

    private EventSearch search(Fields fields, EventSearch.@Nullable Cursor after, int limit) {
        return new EventSearch(
                fields.text("id"),
                fields.text("source"),
                fields.text("type"),
                fields.text("subject"),
                subjects.of(fields.customerIds()),
                fields.time("time"),
                fields.time("ingestedAt"),
                after,
                limit);
    }

    /** The members of the filter; a null member filters nothing. */
    private record Fields(@Nullable Map<String, @Nullable Object> filter) {

        Fields {
            for (String field : filter == null ? Set.<String>of() : filter.keySet()) {
                if (!FIELDS.contains(field)) {
                    throw Refusal.invalid("filter has no field " + Refusal.quote(field));
                }
            }
        }

        private <T> @Nullable T of(String field, BiFunction<String, Object, T> parse) {
            Object tree = filter == null ? null : filter.get(field);
            return tree == null ? null : parse.apply("filter." + field, tree);
        }

        @Nullable
        TextFilter text(String field) {
            return of(field, Filters.DOLLAR::text);
        }

        @Nullable
        TimeFilter time(String field) {
            return of(field, Filters.DOLLAR::time);
        }

        List<String> customerIds() {
            Set<String> ids = of("customerId", Filters.DOLLAR::choices);
            return ids == null ? List.of() : new ArrayList<>(ids);
        }
    }
}
