package dev.odometer.api.functions.events;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.input.QueryFilters;
import dev.odometer.api.functions.list.PageParameters;
import dev.odometer.api.functions.list.Sort;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.usage.EventSearch;
import dev.odometer.metering.usage.RecordedEvent;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists all events with cursor pagination, latest first, in version 3 of the wire API. */
public final class ListEventsV3 implements Function<ListEventsV3.Input, ListEventsV3.Page> {

    private static final Set<String> FIELDS =
            Set.of("id", "source", "subject", "type", "customer_id", "time", "ingested_at", "stored_at");

    private final UsageLog log;
    private final EventViews views;
    private final CustomerSubjects subjects;

    public ListEventsV3(UsageLog log, EventViews views, CustomerLookup customers) {
        this.log = log;
        this.views = views;
        this.subjects = new CustomerSubjects(customers);
    }

    /**
     * The filters and the position.
     *
     * @param page size and after, the {@code next} cursor of the previous page
     * @param sort only {@code time desc}
     */
    public record Input(
            @Nullable Map<String, String> page,
            @Nullable String sort,
            @Nullable Map<String, String> filter) {}

    /** A page of events. */
    public record Page(List<View> data, Meta meta) {}

    /** The metadata of a page. */
    public record Meta(Position page) {}

    /**
     * The place of a page.
     *
     * @param next present when the page is full, because more events may follow
     * @param previous always absent, because the list is only read forwards
     */
    public record Position(int size, Optional<String> next, Optional<String> previous) {}

    /** An event, with its customer and its errors according to the current customers and meters. */
    public record View(
            UsageEvent event,
            @Nullable CustomerReference customer,
            Instant ingested_at,
            Instant stored_at,
            @Nullable List<ValidationError> validation_errors) {

        private static View of(EventView view) {
            String errors = view.validationError();
            return new View(
                    view.event(),
                    view.customerId() == null ? null : new CustomerReference(view.customerId()),
                    view.ingestedAt(),
                    view.storedAt(),
                    errors == null
                            ? null
                            : Stream.of(errors.split("\n"))
                                    .map(error -> new ValidationError("invalid_event", error))
                                    .toList());
        }
    }

    /** The customer that an event's usage is attributed to now. */
    public record CustomerReference(String id) {}

    /** A reason why an event is not counted or attributed. */
    public record ValidationError(String code, String message) {}

    @Override
    public Page apply(Input input) {
        PageParameters page = PageParameters.of(input.page, "size", "after");
        int limit = page.size();
        if (!Sort.parse(input.sort, Map.of("time", true), "time desc").descending()) {
            throw Refusal.invalid("sort must be time desc: " + Refusal.quote(String.valueOf(input.sort)));
        }
        String cursor = page.values().get("after");
        List<RecordedEvent> found = log.list(search(
                QueryFilters.of(input.filter, FIELDS), cursor == null ? null : EventCursor.parse(cursor), limit));
        String next = found.size() < limit ? null : EventCursor.after(found.get(limit - 1));
        return new Page(
                views.of(found).stream().map(View::of).toList(),
                new Meta(new Position(limit, Optional.ofNullable(next), Optional.empty())));
    }

    private EventSearch search(QueryFilters filters, EventSearch.@Nullable Cursor after, int limit) {
        return new EventSearch(
                filters.text("id"),
                filters.text("source"),
                filters.text("type"),
                filters.text("subject"),
                subjects.of(filters.choices("customer_id")),
                filters.time("time"),
                filters.time("ingested_at", "stored_at"),
                after,
                limit);
    }
}
