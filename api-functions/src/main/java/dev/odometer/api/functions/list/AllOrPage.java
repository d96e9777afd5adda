package dev.odometer.api.functions.list;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.PageRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a bare array that a client requests: a page, or everything. Everything is refused where it is too much,
 * because a client cannot see that an array was cut off.
 *
 * @param page absent for everything
 */
public record AllOrPage(@Nullable PageRequest page) {

    /** The number of entries that are answered without a page. */
    public static final int MAX_ENTRIES = 10_000;

    public static AllOrPage of(@Nullable Integer page, @Nullable Integer pageSize) {
        return new AllOrPage(page == null && pageSize == null ? null : PageRequest.of(page, pageSize));
    }

    /** The number of entries to read: without a page one more than the maximum. */
    public int limit() {
        return page == null ? MAX_ENTRIES + 1 : page.pageSize();
    }

    public long offset() {
        return page == null ? 0 : page.offset();
    }

    /** Returns the entries that were read. */
    public <T> List<T> checked(List<T> found) {
        if (page == null && found.size() > MAX_ENTRIES) {
            throw Refusal.invalid("the list has more than " + MAX_ENTRIES + " entries; use page and pageSize (at most "
                    + PageRequest.MAX_SIZE + ")");
        }
        return found;
    }

    /** The requested part of this complete, ordered list. */
    public <T> List<T> of(List<T> all) {
        return checked(all.stream().skip(offset()).limit(limit()).toList());
    }
}
