// Written from src-tauri/src/dto by `UPDATE_TYPES=1 cargo test -p tusach types`. Do not edit.

export type About = { 
/** Version of the app and of the engine in it: the workspace has one version. */
version: string, 
/** The data folder. */
home: string, 
/** Whether PDF pages can be shown. */
pdf: boolean, };

export type Absent = { 
/** Bytes that would be received; null where the machine does not know. */
bytes: number | null, };

export type BasisState = "ok" | "changed" | "dead" | "unknown";

export type Block = { index: number, level: string, depth: number, id: string | null, marker: string, label: string, heading: string, text: string, 
/** Cells of a table. */
rows: Array<Array<string>>, 
/** Belongs to another act, which this one amends. */
quoted: boolean, doubtful: boolean, page: number | null, 
/** First and last millisecond of a cue. */
timeMs: [number, number] | null, 
/** `jra`, `bdq`; null for Vietnamese. */
lang: string | null, links: Array<Link>, state: ProvisionState, 
/** Positions in the document's `effects`. */
effects: Array<number>, };

export type BlockMark = { 
/** Place of the block among those of the preview. */
block: number, from: number, to: number, };

export type BlockPart = "heading" | "text" | "cell";

export type Blocks = { from: number, blocks: Array<Block>, total: number, };

export type CarriedShelf = { path: string, name: string, publishedAt: string, 
/** Days newer than what is here; negative is older. */
newerDays: number, };

export type Carrier = "network" | "folder";

export type ChangeKind = "added" | "changed" | "withdrawn";

export type ChangeRow = { change: ChangeKind, document: DocumentLine, 
/** The state before, where it differs. */
before: ValidityState | null, reason: string | null, 
/** Own marks on it. */
marks: number, };

export type CitationAnswer = { 
/** The place that was named and does not exist: `Điều 99`. */
missing: string | null, document: DocumentLine | null, 
/** The provision that was named and exists. */
provision: string | null, 
/** Acts that share the number that was typed. */
shared: Array<DocumentLine>, };

export type CollectionState = { id: string, name: string, documents: number, bytes: number, bytesHere: number, taken: boolean, locked: boolean, };

export type Count = { value: string, count: number, };

export type Cue = { 
/** Its provision id. */
id: string, fromMs: number, toMs: number, text: string, };

export type Direction = "out" | "in";

export type DiskUse = { 
/** Texts and catalogue. */
texts: number, originals: number, media: number, index: number, 
/** Free on that disk. */
free: number, };

export type DocumentLine = { id: string, number: string | null, kind: string | null, title: string, issuer: string | null, issued: string | null, topic: string | null, product: Product | null, validity: Validity, 
/** Units in which alone it holds; empty means everywhere. */
appliesIn: Array<string>, withdrawn: Withdrawn | null, 
/** Its text is on this machine. */
here: boolean, 
/** Bytes of its text and files together. */
bytes: number | null, collection: string, 
/** Marked "Dữ liệu mẫu". */
sample: boolean, 
/** For products. */
basis: BasisState | null, };

export type DocumentList = { documents: Array<DocumentLine>, total: number, facets: Facets, };

export type DocumentPage = { line: DocumentLine, fields: Array<FieldRow>, 
/** What a person should look at before trusting it. */
notes: Array<string>, outline: Array<OutlineNode>, 
/** Blocks of its text; 0 where there is none to read here. */
blocks: number, 
/** Why there is none. */
noText: NoText | null, objects: Array<ObjectRow>, 
/** What other acts did to it. */
effects: Array<Effect>, relations: Array<RelationGroup>, 
/** What others say of it may be incomplete: the relations are still being read. */
relationsPending: boolean, 
/** Things to know about its validity. */
validityCount: number, 
/** Documents that it is related to. */
relatedCount: number, 
/** Products that rest on it. */
materials: Array<DocumentLine>, 
/** Consolidated texts of it on the shelf. */
consolidated: Array<DocumentLine>, 
/** How to cite it as a whole. */
citation: string, 
/** Changes to the text give another one. */
revision: string, 
/** Where reading stopped. */
position: Position | null, territory: Territory, marks: Array<Mark>, };

export type Effect = { 
/** Of this document; null means the whole of it. */
provision: string | null, label: string, heading: string, kind: EffectKind, 
/** False reads "có thể đã bị". */
certain: boolean, by: DocumentLine | null, byNumber: string | null, byProvision: string | null, 
/** From which day, where known. */
from: string | null, quote: string | null, };

export type EffectKind = "amends" | "replaces" | "repeals" | "suspends" | "corrects" | "moves_power";

export type Facets = { states: Array<Count>, kinds: Array<Count>, products: Array<Count>, topics: Array<Count>, issuers: Array<Count>, years: Array<Count>, };

export type FailedPart = { what: string, reason: string, };

export type Failure = { 
/** A code of the engine, or of the shell (`argument`, `dialog`). */
code: string, 
/** One technical line, in English, for whoever helps. */
detail: string, };

export type FieldRow = { 
/** `number`, `kind`, … as in the field's table of identifiers. */
name: string, value: string | null, 
/** The words of the source. */
raw: string | null, };

export type Filters = { states: Array<ValidityState>, kinds: Array<string>, products: Array<Product>, topics: Array<string>, issuers: Array<string>, yearFrom: number | null, yearTo: number | null, hereOnly: boolean, 
/** Only what holds in the commune of the settings. */
myTerritory: boolean, };

export type Folder = { id: number, name: string, marks: number, };

export type FoundRange = { block: number, part: BlockPart, 
/** Row and column of a cell. */
cell: [number, number] | null, from: number, to: number, };

export type Hit = { document: DocumentLine, provision: ProvisionLabel | null, 
/** The line that names the hit. */
heading: string, path: string, page: number | null, timeMs: number | null, snippet: string, 
/** Ranges to mark in the snippet, in Unicode scalar values. */
marks: Array<[number, number]>, 
/** Set where the text is not on this machine: the snippet is no more than the heading. */
absent: Absent | null, 
/** The query cites it. */
cited: boolean, provisionState: ProvisionState, };

export type Home = { 
/** Every lĩnh vực on the shelf, in Vietnamese order. */
topics: Array<Topic>, 
/** Việc người dân hay hỏi. */
problems: Array<Problem>, 
/** Đọc tiếp, newest first. */
reading: Array<ReadingRow>, 
/** What the last sync that changed something brought, the first of it. */
news: Array<ChangeRow>, newsTotal: number, newsSince: string | null, products: Array<ProductCount>, 
/** Cần xem lại. */
review: Array<ReviewRow>, };

export type JobState = { id: number, phase: Phase, done: number, total: number | null, 
/** Bytes received so far. */
bytes: number, state: JobStatus, failure: Failure | null, report: SyncOutcome | null, 
/** The texts can be read already. */
readable: boolean, };

export type JobStatus = "running" | "paused" | "done" | "failed" | "cancelled";

export type Language = "vi" | "en";

export type Link = { from: number, to: number, target: LinkTarget, };

export type LinkTarget = { 
/** The document, where exactly one on the shelf is meant. */
document: string | null, number: string | null, provision: string | null, onShelf: boolean, 
/** Within the same document. */
same: boolean, };

export type ListRequest = { filters: Filters, sort: ListSort, offset: number, limit: number, 
/** What left the shelf, instead of what is on it. */
withdrawn: boolean, };

export type ListSort = "newest" | "title" | "number";

export type Mark = { id: number, document: string, 
/** Null once the document has left the catalogue altogether. */
line: DocumentLine | null, place: Place, 
/** The words that it stands on. */
quote: string, 
/** Title of the document when it was made. */
title: string, label: string, note: string, 
/** 0 to 3. */
colour: number, folder: number | null, createdAt: string, changedAt: string, today: MarkState, 
/** A person should look at it again before relying on it. */
needsReview: boolean, };

export type MarkCounts = { all: number, unfiled: number, review: number, withdrawn: number, };

export type MarkDraft = { 
/** Null makes a new one. */
id: number | null, document: string, place: Place, quote: string, note: string, colour: number, folder: number | null, };

export type MarkFilter = { folder: number | null, unfiled: boolean, document: string | null, text: string, 
/** Only those whose place has changed. */
review: boolean, withdrawn: boolean, };

export type MarkState = { document: ValidityState | null, asOf: string | null, provision: ProvisionState, 
/** Its words differ from those it was made on. */
changed: boolean, 
/** The provision is gone. */
orphan: boolean, withdrawn: Withdrawn | null, notHere: boolean, };

export type Marks = { marks: Array<Mark>, folders: Array<Folder>, counts: MarkCounts, };

export type MediaInfo = { kind: MediaKind, url: string, mediaType: string, poster: string | null, cues: Array<Cue>, };

export type MediaKind = "image" | "video" | "audio";

export type MoreRelated = { rows: Array<RelationRow>, 
/** Products that rest on it; one may come again that came before. */
materials: Array<DocumentLine>, 
/** Where `relatedMore` goes on; null at the end. */
next: number | null, };

export type NoText = "withdrawn" | "collection_not_taken" | "not_received" | "damaged";

export type ObjectRole = "original" | "image" | "video" | "audio" | "subtitles" | "poster";

export type ObjectRow = { sha256: string, role: ObjectRole, name: string, mediaType: string, size: number, here: boolean, };

export type OutlineNode = { id: string | null, level: string, label: string, heading: string, state: ProvisionState, 
/** Index of its block. */
block: number, doubtful: boolean, children: Array<OutlineNode>, };

export type PdfInfo = { 
/** In points. */
pages: Array<PdfPage>, 
/** `${url}/${page from 1}?w=${pixels}` is a picture of the page. */
url: string, };

export type PdfLine = { text: string, 
/** Left, top, right, bottom as shares of the page. */
area: [number, number, number, number], };

export type PdfPage = { width: number, height: number, };

export type PdfPageText = { lines: Array<PdfLine>, 
/** Boxes of what was to be found: left, top, right, bottom as shares of the page. */
hits: Array<[number, number, number, number]>, };

export type Phase = "checking" | "catalogue" | "texts" | "indexing" | "objects";

export type Place = { provision: string | null, 
/** SHA-256 of an original or a media file. */
object: string | null, 
/** Page of it, from 1. */
page: number | null, timeMs: number | null, };

export type Popover = { document: DocumentLine, provision: ProvisionLabel | null, heading: string, blocks: Array<Block>, citation: string, effects: Array<Effect>, cut: boolean, };

export type Position = { place: Place, fraction: number, };

export type Preview = { document: DocumentLine, provision: ProvisionLabel | null, blocks: Array<Block>, marks: Array<BlockMark>, 
/** The words to copy. */
citation: string, effects: Array<Effect>, 
/** There is more of it. */
cut: boolean, 
/** Set where the text is not on this machine: there are no blocks. */
absent: Absent | null, };

export type Problem = { 
/** `land`, `civil_status`, `marriage`, `loans`, `traffic`, `forest`, `ethnic`. */
id: string, documents: number, 
/** What choosing it searches. */
query: string, 
/** The lĩnh vực that it belongs to. */
topic: string | null, };

export type Product = "outline" | "book" | "handbook" | "leaflet" | "legal_story" | "skit" | "video" | "e_lecture" | "news" | "feature" | "qa" | "loudspeaker" | "form" | "audio";

export type ProductCount = { product: Product, count: number, };

export type ProvisionLabel = { id: string, 
/** How a reader cites it: `khoản 2 Điều 12`. */
label: string, 
/** The headings above it. */
path: string, };

export type ProvisionState = "no_change_known" | "may_be_amended" | "amended" | "repealed" | "suspended" | "unknown";

export type ReadingRow = { document: DocumentLine, place: Place, 
/** `Điều 136, khoản 1`, `03:12`, `trang 3`; empty for the whole. */
label: string, 
/** How far, 0 to 1. */
fraction: number, openedAt: string, };

export type RelationGroup = { direction: Direction, 
/** `basis`, `guides`, `amends`, … */
kind: string, 
/** The first of them. */
rows: Array<RelationRow>, total: number, 
/** Where `relatedMore` goes on; null where these are all. */
next: number | null, };

export type RelationRow = { document: DocumentLine | null, number: string | null, title: string | null, 
/** Provision at the far end. */
provision: ProvisionLabel | null, heading: string | null, 
/** Provision at the near end. */
from: ProvisionLabel | null, 
/** The words that prove it. */
quote: string | null, onShelf: boolean, 
/** Several acts on the shelf have that number, so none is named. */
several: boolean, };

export type Request = { id: number, question: string, field: string | null, searched: Searched | null, madeAt: string, };

export type RequestDraft = { question: string, field: string | null, searched: Searched | null, };

export type ReviewKind = "basis_dead" | "mark_changed" | "withdrawn";

export type ReviewRow = { kind: ReviewKind, count: number, 
/** The first of them. */
documents: Array<DocumentLine>, };

export type Root = { 
/** Its fingerprint as eight words. */
words: Array<string>, sha256: string, origin: RootOrigin, };

export type RootOrigin = "machine" | "file" | "trusted";

export type SearchAnswer = { tookUs: number, hits: Array<Hit>, 
/** Documents among the candidates. */
documents: number, 
/** There are more than were asked for. */
more: boolean, facets: Facets, 
/** Hits that only their state hides. */
hiddenExpired: number, 
/** Of `documents`, those whose text is not on this machine: found by title and headings. */
absent: number, 
/** Documents that hold pictures of text only. */
scansNotSearched: number, citation: CitationAnswer | null, 
/** What parts of the question were taken to mean, in its order. */
understood: Array<Understood>, };

export type SearchRequest = { text: string, filters: Filters, sort: SearchSort, limit: number, 
/** Provisions rather than documents. */
provisions: boolean, 
/** The words as typed: no citation, no abbreviation, no word for another. */
exactly: boolean, };

export type SearchSort = "relevance" | "newest";

export type Searched = { words: string, 
/** Values by name, as in the address of the search. */
filters: { [key in string]: Array<string> }, };

export type Settings = { theme: Theme, 
/** Percent: 100, 112, 125, 150, 175 or 200. */
textSize: number, language: Language, 
/** Xã của tôi. */
commune: string | null, formerProvince: string | null, 
/** Shortcuts of a single letter act. */
singleKeys: boolean, 
/** Searches show fully expired acts without being asked. */
showExpired: boolean, };

export type SettingsPatch = { theme: Theme | null, textSize: number | null, language: Language | null, commune: string | null, formerProvince: string | null, singleKeys: boolean | null, showExpired: boolean | null, };

export type ShelfAge = { seq: number, publishedAt: string, confirmedAt: string, 
/** Whole days since the last confirmation. */
days: number, 
/** The clock stands before a signed time that this machine has seen. */
clockIsSlow: boolean, };

export type ShelfState = { name: string, age: ShelfAge, 
/** Acts, withdrawn ones not counted. */
acts: number, 
/** Products that spread the law. */
materials: number, 
/** Documents whose words are on this machine. */
readable: number, documents: number, collections: Array<CollectionState>, source: string | null, receivedAt: string | null, receivedFrom: Carrier | null, };

export type Start = { 
/** Null: no shelf on this machine yet. */
shelf: ShelfState | null, 
/** The root that is trusted here, or would be. */
root: Root | null, 
/** The source used last, or the one that a policy gives. */
source: string | null, sourceIsPolicy: boolean, settings: Settings, 
/** A guest's visit: nothing personal is kept. */
guest: boolean, 
/** Why a person reads as a guest: their own data cannot be opened. */
unkept: Failure | null, 
/** A sync was cut off and goes on from where it stood. */
unfinishedSync: boolean, 
/** Whoever started the app asked it to receive the shelf at once. */
syncNow: boolean, 
/** The day of the backup from which the person's own data had to be taken. */
recoveredFrom: string | null, };

export type Suggestion = { kind: SuggestionKind, 
/** What choosing it puts into the field. */
text: string, document: DocumentLine | null, provision: ProvisionLabel | null, };

export type SuggestionKind = "citation" | "provision" | "document" | "recent" | "mark" | "topic" | "word";

export type SyncCheck = { source: string, name: string, seq: number, publishedAt: string, confirmedAt: string, nothingNew: boolean, 
/** Nothing is here yet: everything would come. */
first: boolean, 
/** Documents on that shelf. */
documents: number, 
/** Changes in all. */
total: number, 
/** The first of them. */
changes: Array<ChangeRow>, 
/** Bytes to receive, at most. */
bytes: number, root: Root, };

export type SyncOutcome = { seq: number, documents: number, bytes: number, changed: boolean, failed: Array<FailedPart>, 
/** Documents that were waited for and left the shelf, with the publisher's reason. */
wishesGone: Array<FailedPart>, publishedAt: string, confirmedAt: string, };

export type SyncRequest = { 
/** Null: the source used last. */
source: string | null, 
/** Path of a root file that the person chose. */
rootFile: string | null, };

export type SyncRun = { at: string, from: Carrier, source: string, bytes: number, ok: boolean, failure: Failure | null, seq: number | null, };

export type SyncState = { running: JobState | null, source: string | null, sourceIsPolicy: boolean, root: Root | null, 
/** Newest first. */
history: Array<SyncRun>, bytes: DiskUse, 
/** Bytes of what was cut off and goes on next time. */
kept: number, collections: Array<CollectionState>, 
/** Shelves on sticks that are plugged in. */
folders: Array<CarriedShelf>, };

export type Territory = "everywhere" | "mine" | "other" | "unset";

export type Theme = "system" | "light" | "dark";

export type Topic = { name: string, documents: number, };

export type Understood = { kind: UnderstoodKind, 
/** Its place in the question, in Unicode scalar values. */
from: number, to: number, 
/** What they are taken to mean. */
says: string, };

export type UnderstoodKind = "abbreviation" | "lay_word" | "unit" | "authority" | "citation" | "kind" | "year" | "exact";

export type Validity = { 
/** The state today. */
state: ValidityState, 
/** The state that was recorded, which known dates may have moved on. */
recorded: ValidityState, 
/** The day on which that was last checked; null reads "chưa rõ ngày kiểm tra". */
asOf: string | null, effective: string | null, expires: string | null, };

export type ValidityState = "not_yet" | "in_force" | "partly_expired" | "expired" | "suspended" | "partly_suspended" | "no_longer_suitable" | "unknown";

export type Wanted = { document: string, 
/** Its number, or its title; empty where the shelf no longer knows it. */
name: string, askedAt: string, 
/** Bytes that would be received; null where the machine does not know. */
bytes: number | null, };

export type Withdrawn = { on: string, reason: string, };
