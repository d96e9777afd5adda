package dev.odometer.api.functions.list;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a list that a client requests, and its form.
 *
 * @param counted whether the response is a page with a total count rather than a bare array
 */
public record Paging(PageRequest page, boolean counted) {

    /**
     * Parses the parameters of a list that has both forms: with {@code page} or {@code pageSize} the response is a page,
     * otherwise a bare array. A page takes precedence over a limit and an offset.
     */
    public static Paging of(
            @Nullable Integer page, @Nullable Integer pageSize, @Nullable Integer limit, @Nullable Integer offset) {
        return new Paging(
                request(page, pageSize, limit, offset, PageRequest.MAX_SIZE), page != null || pageSize != null);
    }

    /**
     * Parses the parameters of a list whose response is always a page. A page takes precedence over a limit and an
     * offset; the first 100 items when all are absent.
     */
    public static Paging counted(
            @Nullable Integer page, @Nullable Integer pageSize, @Nullable Integer limit, @Nullable Integer offset) {
        return new Paging(request(page, pageSize, limit, offset, PageRequest.DEFAULT_SIZE), true);
    }

    private static PageRequest request(
            @Nullable Integer page,
            @Nullable Integer pageSize,
            @Nullable Integer limit,
            @Nullable Integer offset,
            int defaultLimit) {
        int size = Bounds.within("limit", limit == null ? defaultLimit : limit, 1, PageRequest.MAX_SIZE);
        int skipped = Bounds.within("offset", offset == null ? 0 : offset, 0, Integer.MAX_VALUE - 1);
        return page == null && pageSize == null ? PageRequest.window(size, skipped) : PageRequest.of(page, pageSize);
    }

    /** The response: the page, or only its items. */
    public Object response(Page<?> found) {
        return counted ? found : found.items();
    }

    /** The response when no item matches. */
    public Object empty() {
        return response(page.of(List.of(), 0));
    }
}
