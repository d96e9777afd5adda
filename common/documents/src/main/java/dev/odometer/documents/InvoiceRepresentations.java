package dev.odometer.documents;

import dev.odometer.functions.route.MediaTypes;
import dev.odometer.functions.route.Represented;
import dev.odometer.functions.route.Tabular;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The representations of an invoice: its view as JSON, CSV, and documents. */
public final class InvoiceRepresentations<V> implements Represented<V>, Tabular {

    private final V view;
    private final Supplier<InvoiceDocument> document;
    private final List<PageConverter> converters;

    /** @param document called only if the client accepts a document */
    public InvoiceRepresentations(V view, Supplier<InvoiceDocument> document, List<PageConverter> converters) {
        this.view = view;
        this.document = document;
        this.converters = List.copyOf(converters);
    }

    /** The media types of a route that answers with invoices; JSON is preferred. */
    public static String[] mediaTypes(List<PageConverter> converters) {
        var types = new ArrayList<>(List.of(MediaTypes.JSON, MediaTypes.CSV, MediaTypes.HTML, MediaTypes.XML));
        converters.forEach(converter -> types.add(converter.mediaType()));
        return types.toArray(String[]::new);
    }

    @Override
    public V view() {
        return view;
    }

    @Override
    public Document document(String mediaType) {
        InvoiceDocument one = document.get();
        return switch (mediaType) {
            case MediaTypes.HTML ->
                new Document(one.number() + ".html", one.page().getBytes(StandardCharsets.UTF_8));
            case MediaTypes.XML -> new Document(one.number() + ".xml", one.ubl());
            default -> converted(one, mediaType);
        };
    }

    private Document converted(InvoiceDocument one, String mediaType) {
        PageConverter converter = converters.stream()
                .filter(other -> other.mediaType().equals(mediaType))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a media type of invoices: " + mediaType));
        return new Document(one.number() + "." + converter.extension(), converter.convert(one.page()));
    }

    @Override
    public String tableName() {
        return document.get().number();
    }

    @Override
    public List<String> columns() {
        return InvoiceTable.COLUMNS;
    }

    @Override
    public List<List<String>> cells() {
        return InvoiceTable.cells(document.get());
    }
}
