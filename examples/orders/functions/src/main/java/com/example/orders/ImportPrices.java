package com.example.orders;

import dev.odometer.functions.file.FileArrival;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes files with lines such as {@code tea,4.50}, from a folder, S3, Blob Storage or Cloud Storage. */
public final class ImportPrices implements Consumer<FileArrival> {

    private static final Pattern LINE = Pattern.compile("([^,]+),(\\d{1,9}(?:\\.\\d{1,2})?)");

    private final FileStore files;
    private final Prices prices;

    public ImportPrices(FileStore files, Prices prices) {
        this.files = files;
        this.prices = prices;
    }

    @Override
    public void accept(FileArrival file) {
        var name = new FileName(file.container(), file.key());
        try (var content = files.open(name, file.version(), 0);
                var lines = new BufferedReader(new InputStreamReader(content.stream(), StandardCharsets.UTF_8))) {
            prices.putAll(read(lines));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Map<String, BigDecimal> read(BufferedReader lines) throws IOException {
        var prices = new HashMap<String, BigDecimal>();
        int number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher cells = LINE.matcher(line);
            if (!cells.matches()) {
                throw Refusal.invalid("line " + number + " must be a sku and a price: " + Refusal.quote(line));
            }
            prices.put(cells.group(1), new BigDecimal(cells.group(2)));
            number++;
        }
        return prices;
    }
}
