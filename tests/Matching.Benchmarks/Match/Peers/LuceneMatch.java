import java.io.*;
import java.nio.*;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.*;

/** Answers the tasks with Lucene: weights as features, filters as filters, bonuses as constant scores; one segment, two threads; the better of exhaustive and block-max search. */
public final class LuceneMatch {
    static int[] start, occupation, mask; static char[] skill; static byte[] weight, region, education, salary;

    public static void main(String[] args) throws Exception {
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        read(args[0] + "/jobs.bin");
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig().setRAMBufferSizeMB(512))) {
            for (int job = 0; job < occupation.length; job++) {
                Document document = new Document();
                for (int at = start[job]; at < start[job + 1]; at++) document.add(new FeatureField("s", Integer.toString(skill[at]), weight[at] & 0xFF));
                document.add(new StringField("r", Integer.toString(region[job]), Field.Store.NO));
                document.add(new StringField("e", Integer.toString(education[job]), Field.Store.NO));
                document.add(new StringField("b", Integer.toString(salary[job]), Field.Store.NO));
                document.add(new StringField("m", Integer.toString(occupation[job] >> 3), Field.Store.NO));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
        read(args[0] + "/graduates.bin");
        IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
        searcher.setQueryCache(null);
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = in.readLine()) != null; ) {
            String[] words = line.split(" "); // task, k, mode, count
            System.out.println(run(searcher, words[0].equals("F"), Integer.parseInt(words[1]), words[2].equals("all"), Integer.parseInt(words[3]), args[0] + "/lists.bin"));
        }
    }

    static long run(IndexSearcher searcher, boolean filtered, int k, boolean exhaustive, int count, String file) throws Exception {
        int[] results = new int[2 * count * k];
        Arrays.fill(results, -1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        long began = System.nanoTime();
        List<Future<?>> parts = new ArrayList<>();
        for (int part = 0; part < 2; part++) {
            final int first = part;
            parts.add(threads.submit(() -> {
                for (int graduate = first; graduate < count; graduate += 2) {
                    TopScoreDocCollector collector = TopScoreDocCollector.create(k, exhaustive ? Integer.MAX_VALUE : k);
                    searcher.search(query(graduate, filtered), collector);
                    int at = 2 * graduate * k;
                    for (ScoreDoc hit : collector.topDocs().scoreDocs) { results[at++] = hit.doc; results[at++] = (int) hit.score; }
                }
                return null;
            }));
        }
        for (Future<?> part : parts) part.get();
        long took = System.nanoTime() - began;
        threads.shutdown();
        ByteBuffer buffer = ByteBuffer.allocate(4 * results.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asIntBuffer().put(results);
        Files.write(Paths.get(file), buffer.array());
        return took;
    }

    static Query query(int graduate, boolean filtered) {
        BooleanQuery.Builder skills = new BooleanQuery.Builder();
        for (int at = start[graduate]; at < start[graduate + 1]; at++)
            skills.add(new BoostQuery(FeatureField.newLinearQuery("s", Integer.toString(skill[at]), 1f), weight[at] & 0xFF), BooleanClause.Occur.SHOULD);
        if (!filtered) return skills.build();
        BooleanQuery.Builder query = new BooleanQuery.Builder().add(skills.build(), BooleanClause.Occur.MUST);
        if (mask[graduate] != 0x7FFFFFFF) {
            BooleanQuery.Builder regions = new BooleanQuery.Builder();
            for (int r = 0; r < 31; r++) if ((mask[graduate] >> r & 1) != 0) regions.add(term("r", r), BooleanClause.Occur.SHOULD);
            query.add(regions.build(), BooleanClause.Occur.FILTER);
        }
        BooleanQuery.Builder educations = new BooleanQuery.Builder();
        for (int e = 0; e <= education[graduate]; e++) educations.add(term("e", e), BooleanClause.Occur.SHOULD);
        query.add(educations.build(), BooleanClause.Occur.FILTER);
        bonus(query, "m", occupation[graduate] >> 3, 3000);
        bonus(query, "r", region[graduate], 1000);
        for (int d = -4; d <= 4; d++) if (salary[graduate] + d >= 0 && salary[graduate] + d < 16) bonus(query, "b", salary[graduate] + d, 400 * (5 - Math.abs(d)));
        return query.build();
    }

    static Query term(String field, int value) { return new TermQuery(new Term(field, Integer.toString(value))); }

    static void bonus(BooleanQuery.Builder query, String field, int value, int points) {
        query.add(new BoostQuery(new ConstantScoreQuery(term(field, value)), points), BooleanClause.Occur.SHOULD);
    }

    static void read(String file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(Paths.get(file))).order(ByteOrder.LITTLE_ENDIAN);
        int count = in.getInt();
        start = new int[count + 1]; occupation = new int[count]; mask = new int[count]; region = new byte[count]; education = new byte[count]; salary = new byte[count];
        for (int i = 0; i <= count; i++) start[i] = in.getInt();
        skill = new char[start[count]]; weight = new byte[start[count]];
        for (int i = 0; i < skill.length; i++) skill[i] = in.getChar();
        in.get(weight);
        for (int i = 0; i < count; i++) occupation[i] = in.getChar();
        for (int i = 0; i < count; i++) mask[i] = in.getInt();
        in.get(region).get(education).get(salary);
    }
}
