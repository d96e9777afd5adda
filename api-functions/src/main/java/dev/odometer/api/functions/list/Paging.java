package dev.odometer.api.functions.list;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list a client asks for, and in which form.
 *
 * @param counted whether the answer is a page with a count, not a bare array
 */
public record Paging(PageRequest page, boolean counted) {

    /** From the parameters of both forms: with {@code page} the answer is a page, otherwise a bare array. */
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

    /** A page, the first one when none is named. */
    public static Paging counted(@Nullable Integer page, @Nullable Integer pageSize) {
        return new Paging(PageRequest.of(page, pageSize), true);
    }

    /** The page, or its items alone. */
    public Object answer(Page<?> found) {
        return counted ? found : found.items();
    }

    /** The answer where no item matches. */
    public Object empty() {
        return answer(page.of(List.of(), 0));
    }
}
