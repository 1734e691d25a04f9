namespace Matching.Engine.Normalizing;

/// <summary>
/// Traditional characters that are common in names of skills and jobs, and their simplified forms. One character to one character;
/// what depends on the word (乾, 著, 後) is left alone, for a wrong merge is worse than a missed one.
/// </summary>
internal static class Simplified
{
    private const string Pairs =
        "電电機机車车開开發发設设計计師师員员業业務务與与學学習习數数據据網网絡络軟软體体資资訊讯財财會会稅税審审護护醫医藥药術术產产農农漁渔維维檢检測测試试驗验質质製制圖图繪绘畫画語语" +
        "編编輯辑譯译導导遊游運运輸输倉仓儲储貨货採采購购銷销場场營营銀银險险證证經经濟济貿贸際际國国區区縣县鄉乡鎮镇廣广東东灣湾龍龙鳳凤飛飞馬马鐵铁鋼钢銅铜鋁铝鑄铸鍛锻鉗钳鑽钻鏡镜鐘钟" +
        "錶表鋪铺鍋锅爐炉燈灯熱热壓压氣气動动勞劳單单雙双轉转換换變变頻频線线纜缆絲丝紡纺織织縫缝紉纫綠绿環环衛卫淨净汙污廢废處处總总結结構构築筑橋桥樑梁樓楼裝装飾饰傢家園园藝艺樂乐" +
        "劇剧攝摄視视訓训練练課课題题項项標标準准規规劃划劑剂劍剑創创辦办協协調调議议談谈話话論论識识認认記记錄录讀读寫写書书報报紙纸筆笔貼贴貴贵費费貸贷賬账賣卖買买賓宾館馆飲饮廚厨養养" +
        "髮发顏颜觀观親亲戶户門门關关間间閱阅聯联職职聽听聲声齡龄齒齿兒儿婦妇專专歲岁歷历曆历長长張张強强彈弹當当從从應应態态懷怀慮虑戰战擇择擔担擴扩攬揽時时曉晓暫暂條条極极樣样樹树橫横" +
        "權权歸归殘残氫氢漢汉澆浇濕湿濾滤為为無无煙烟狀状獨独獲获瑪玛畢毕監监盤盘礎础礦矿種种穩稳競竞節节範范簡简類类糧粮級级納纳組组給给統统綜综緊紧緩缓縮缩績绩繼继續续纖纤羅罗義义翹翘" +
        "腦脑腳脚臟脏臨临艦舰葉叶蓋盖薦荐蘭兰蟲虫補补複复見见覽览觸触訂订評评詢询詳详誤误請请諮咨謝谢賽赛軌轨軸轴載载輔辅輛辆輪轮遠远適适選选還还邏逻釀酿釋释針针鈑钣鋰锂鍵键鏈链鑑鉴鑒鉴" +
        "閘闸閥阀隊队階阶隨随雜杂離离難难雲云靈灵靜静響响頂顶順顺預预領领頭头顧顾風风飼饲餘余駕驾驅驱魚鱼鮮鲜鳥鸟麥麦黃黄點点齊齐壯壮壽寿夢梦夠够寶宝實实對对層层屬属島岛嶺岭帶带幣币幫帮" +
        "庫库廠厂廳厅彙汇徵征恆恒";

    private const char First = '\u4E00';
    private const char Last = '\u9FFF';

    // Every pair is of the first block of ideographs, so a place in a row tells: some 40 kB.
    private static readonly char[] Map = Build();

    public static char Of(char character) => character is >= First and <= Last ? Map[character - First] : character;

    private static char[] Build()
    {
        char[] map = [.. Enumerable.Range(First, Last - First + 1).Select(code => (char)code)];
        for (var i = 0; i + 1 < Pairs.Length; i += 2)
        {
            map[Pairs[i] - First] = Pairs[i + 1];
        }

        return map;
    }
}
