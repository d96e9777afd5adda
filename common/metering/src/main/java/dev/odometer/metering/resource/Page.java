package dev.odometer.metering.resource;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list, with the number of items in the whole list. Immutable.
 *
 * @param page from 1
 * @param items at most {@code pageSize}; none past the end of the list
 */
public record Page<T>(long totalCount, int page, int pageSize, List<T> items) {

    public Page {
        items = List.copyOf(items);
    }

    /** The same page with each item mapped. */
    public <R> Page<R> map(Function<? super T, ? extends R> mapping) {
        return mapAll(all -> all.stream().<R>map(mapping).toList());
    }

    /** The same page with its items mapped together, one for one, so that a mapping can batch its reads. */
    public <R> Page<R> mapAll(Function<? super List<T>, List<R>> mapping) {
        return new Page<>(totalCount, page, pageSize, mapping.apply(items));
    }
}
