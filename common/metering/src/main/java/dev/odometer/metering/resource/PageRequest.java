package dev.odometer.metering.resource;

import dev.odometer.functions.refusal.Refusal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The page of a list that a caller asks for, or a window of it that begins anywhere.
 *
 * @param page from 1; of a window, the page that its first item is on
 * @param pageSize 1 to {@value #MAX_SIZE}
 * @param offset how many items precede the first one
 */
public record PageRequest(int page, int pageSize, long offset) {

    public static final int MAX_SIZE = 1000;

    public static final int DEFAULT_SIZE = 100;

    public PageRequest {
        check("page", page, Integer.MAX_VALUE);
        check("pageSize", pageSize, MAX_SIZE);
    }

    public PageRequest(int page, int pageSize) {
        this(page, pageSize, (page - 1L) * pageSize);
    }

    /** The {@code limit} items after the first {@code offset}. */
    public static PageRequest window(int limit, int offset) {
        return new PageRequest(offset / limit + 1, limit, offset);
    }

    /** The first page, and 100 items a page, where a value is absent. */
    public static PageRequest of(@Nullable Integer page, @Nullable Integer pageSize) {
        return new PageRequest(Objects.requireNonNullElse(page, 1), Objects.requireNonNullElse(pageSize, DEFAULT_SIZE));
    }

    private static void check(String field, int value, int max) {
        if (value < 1 || value > max) {
            throw Refusal.invalid(field + " must be 1 to " + max + ": " + value);
        }
    }

    /** The page with these items, of a list with {@code totalCount} items. */
    public <T> Page<T> of(List<T> items, long totalCount) {
        return new Page<>(totalCount, page, pageSize, items);
    }

    /** The page of this complete, ordered list. */
    public <T> Page<T> slice(List<T> all) {
        return of(all.stream().skip(offset()).limit(pageSize).toList(), all.size());
    }
}
