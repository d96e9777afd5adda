package dev.odometer.api.functions.list;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.refusal.Refusal;
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

    /** Parses the parameters of both forms: with {@code page} the response is a page, otherwise a bare array. */
    public static Paging of(
            @Nullable Integer page, @Nullable Integer pageSize, @Nullable Integer limit, @Nullable Integer offset) {
        if (page != null) {
            return counted(page, pageSize);
        }
        int size = Bounds.within("limit", limit == null ? PageRequest.MAX_SIZE : limit, 1, PageRequest.MAX_SIZE);
        int skipped = Bounds.within("offset", offset == null ? 0 : offset, 0, Integer.MAX_VALUE);
        if (skipped % size != 0) {
            throw Refusal.invalid("offset must be a multiple of limit, " + size + ": " + skipped);
        }
        return new Paging(new PageRequest(skipped / size + 1, size), false);
    }

    /** A page with a total count, the first one when absent. */
    public static Paging counted(@Nullable Integer page, @Nullable Integer pageSize) {
        return new Paging(PageRequest.of(page, pageSize), true);
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
