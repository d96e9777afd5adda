package dev.odometer.api.functions.list;

import dev.odometer.metering.resource.Page;
import java.util.List;
import java.util.function.Function;

/** A page of a list in version 3 of the wire API. */
public record PageV3<T>(List<T> data, Meta meta) {

    /** The metadata of a page. */
    public record Meta(Position page) {}

    /**
     * The place of a page in its list.
     *
     * @param number from 1
     * @param total the number of items of the whole list
     */
    public record Position(int number, int size, long total) {}

    /** The page with each item mapped. */
    public static <S, T> PageV3<T> of(Page<S> page, Function<S, T> mapping) {
        return new PageV3<>(
                page.items().stream().map(mapping).toList(),
                new Meta(new Position(page.page(), page.pageSize(), page.totalCount())));
    }
}
