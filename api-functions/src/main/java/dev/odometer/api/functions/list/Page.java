package dev.odometer.api.functions.list;

import java.util.List;

/** A part of a list, and how many items there are in all. */
public record Page<T>(long totalCount, int page, int pageSize, List<T> items) {

    public Page {
        items = List.copyOf(items);
    }
}
