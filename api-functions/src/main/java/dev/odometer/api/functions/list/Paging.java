package dev.odometer.api.functions.list;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.refusal.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list somebody wants.
 *
 * @param page from 1
 * @param size 1 to 1,000
 * @param counted whether the answer is a page with a count, not a bare array
 */
public record Paging(int page, int size, boolean counted) {

    private static final int LARGEST = 1000;

    /** What clients of either form send: with {@code page} they want a page, otherwise a bare array. */
    public static Paging of(Asked asked) {
        if (asked.page != null) {
            return counted(asked);
        }
        int limit = Bounds.within("limit", asked.limit == null ? LARGEST : asked.limit, 1, LARGEST);
        int offset = Bounds.within("offset", asked.offset == null ? 0 : asked.offset, 0, Integer.MAX_VALUE);
        if (offset % limit != 0) {
            throw Refusal.invalid("offset must be a multiple of limit, " + limit + ": " + offset);
        }
        return new Paging(offset / limit + 1, limit, false);
    }

    /** A page, the first one when none is named. */
    public static Paging counted(Asked asked) {
        return new Paging(Bounds.page(asked.page), Bounds.pageSize(asked.pageSize), true);
    }

    /** The part as it is answered: a {@link Page} or the list alone. */
    public <T> Object answer(List<T> items, long totalCount) {
        return counted ? new Page<>(totalCount, page, size, items) : items;
    }

    /** What a request says about it. */
    public record Asked(
            @Nullable Integer page,
            @Nullable Integer pageSize,
            @Nullable Integer limit,
            @Nullable Integer offset) {}
}
